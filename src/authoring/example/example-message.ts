import type {DocumentedRequest, DocumentedResponse} from '../documented-exchange.ts';

/** A request as an example writes it: its target may be a path alone, and its host a field. */
export type ExampleRequest = Omit<DocumentedRequest, 'url'> & {readonly target: string};

/** A message of an example. */
export type ExampleMessage =
	| {readonly kind: 'request'; readonly request: ExampleRequest}
	/** The command that sent the request that follows, or that stands for it. */
	| {readonly kind: 'command'; readonly request: ExampleRequest}
	| {readonly kind: 'response'; readonly response: DocumentedResponse};
