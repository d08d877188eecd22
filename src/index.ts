export {defineScenario} from './app/define-scenario.ts';
export type {Handler, HandlerContext} from './app/state.ts';
export type {
	CertificateAuthority,
	Double,
	FollowedJudgedHop,
	JudgedHop,
	SettleOptions,
	SwapOptions,
} from './double.ts';
export type {ErrorCode, ScenarioProblem} from './errors.ts';
export {FollowthroughError, ScenarioError} from './errors.ts';
export {type ExportOptions, exportDouble} from './exports/export-double.ts';
export type {ExportFormat} from './exports/formats.ts';
export type {AskedCall, ClientAdapter, ClientAnswer} from './grading/client-adapter.ts';
export {type FormatOptions, formatGrade, type GradeFormat} from './grading/format-grade.ts';
export type {
	CallResult,
	Grade,
	GradedCall,
	GradeOutcome,
	LevelScore,
	Mend,
	RuleGrade,
	RunState,
	ScenarioGrade,
} from './grading/grade.ts';
export {gradeClient} from './grading/grade-client.ts';
export type {GradeOptions, Progress} from './grading/grade-scenarios.ts';
export type {Harm} from './grading/harm.ts';
export type {Citation} from './http/citations.ts';
export type {HeaderLine, HeaderLines} from './http/header-lines.ts';
export {headerValue, headerValues} from './http/header-lines.ts';
export type {ConnectionRecord, Goaway} from './journal/connections.ts';
export type {
	AfterAnswer,
	Afterwards,
	ConnectionFacts,
	Door,
	Exchange,
	Http2Facts,
	InterimResponse,
	MalformedMessage,
	Miss,
	RecordedRequest,
	RecordedResponse,
	SentFault,
	SentLocation,
	TlsFacts,
} from './journal/exchange.ts';
export type {Chain, Doubt, Evidence, FollowedHop, Hop, Link} from './journal/hop.ts';
export type {Journal, WaitOptions} from './journal/journal.ts';
export type {ByteRange, RecordedBody} from './journal/recorded-body.ts';
export {lint} from './lint.ts';
export type {LintFinding} from './scenario/lint.ts';
export {type ShippedTitle, shippedScenarios} from './scenario/load.ts';
export type {Scenario, ScenarioInput} from './scenario/types.ts';
export type {ScenarioSource, StartOptions} from './start-double.ts';
export {startDouble} from './start-double.ts';
export type {Compared, Preserved} from './verdict/assert-preserved.ts';
export type {Level} from './verdict/rule.ts';
export type {Finding, Verdict} from './verdict/verdict.ts';
