/** How the page of a grade looks, light or dark as the reader has it; all texts have a contrast of 4.5 or more. */
export const style = `
:root {
	color-scheme: light dark;
	--paper: #fff; --ink: #1c1c1c; --line: #d0d0d0; --shade: #f5f5f5; --link: #0b57b0;
	--kept: #1a641a; --broken: #a31515; --declined: #6b4e00; --not-observed: #555;
}
@media (prefers-color-scheme: dark) {
	:root {
		--paper: #15171a; --ink: #e4e4e4; --line: #3b3f45; --shade: #1f2226; --link: #8ab8ff;
		--kept: #84c987; --broken: #ff8f87; --declined: #e2c36b; --not-observed: #b0b0b0;
	}
}
body {
	background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif;
	max-width: 72rem; margin: 2rem auto; padding: 0 1rem;
}
a { color: var(--link); }
code { font: .92em ui-monospace, monospace; overflow-wrap: anywhere; }
p { margin: .3rem 0; }
.conclusion { font-size: 1.25rem; font-weight: 600; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: .3rem .6rem; color: var(--not-observed); }
th, td {
	text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line);
}
thead th { background: var(--shade); }
tbody th { font-weight: normal; }
tbody th p { color: var(--not-observed); font-size: .85em; }
.kept, tr.kept td:nth-of-type(1) { color: var(--kept); }
.broken, tr.broken td:nth-of-type(1) { color: var(--broken); }
tr.declined td:nth-of-type(1) { color: var(--declined); }
tr.not-observed td:nth-of-type(1) { color: var(--not-observed); }
tr.kept, tr.broken { color: inherit; }
tr:target { background: var(--shade); }
.mend li { margin-bottom: 1.2rem; }
.mend strong { color: var(--broken); }
dl { margin: .3rem 0; display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
dt { color: var(--not-observed); }
dd { margin: 0; overflow-wrap: anywhere; }
summary { cursor: pointer; white-space: nowrap; }
.short { white-space: nowrap; }
`;
