/** A server that may take part. */
export interface Entrant {
	/** The name of its file. */
	readonly id: string;
	/** What the report calls it. */
	readonly title: string;
}

export const followthrough: Entrant = {id: 'followthrough', title: 'Followthrough'};
export const bareKoa: Entrant = {id: 'bare-koa', title: 'bare Koa'};
export const limit: Entrant = {id: 'plain-node', title: 'plain node:http'};

/** Peers that serve on a socket. */
export const peers: readonly Entrant[] = [
	{id: 'mockttp', title: 'mockttp'},
	{id: 'mountebank', title: 'mountebank'},
	{id: 'wiremock', title: 'WireMock'},
];

/** Peers that serve from one process of one thread. */
export const singleProcess: readonly string[] = ['mockttp', 'mountebank'];

/** All, in the order in which they have their turns. */
export const everybody: readonly Entrant[] = [followthrough, bareKoa, limit, ...peers];
