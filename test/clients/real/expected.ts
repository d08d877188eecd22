/** Scenarios whose calls all end in a final response, with the redirects that lead there. */
export const scenarios = {
	'api-move': 1,
	'upload-reroute': 1,
	'patch-move': 1,
	'delete-move': 1,
	'relative-location': 1,
	'chain-of-three': 3,
	'cross-origin': 1,
	'maintenance-shift': 2,
	'cacheable-move': 2,
	'moved-301': 1,
	'moved-302': 1,
	'see-other-303': 1,
	'permanent-308': 1,
} as const;

export type ScenarioName = keyof typeof scenarios;

/** What clients are known to do wrong, seen on the wire as well; nothing else may be broken. */
export const faults: Readonly<Record<string, Partial<Record<ScenarioName, readonly string[]>>>> = {
	'got 15.0.5': {'cross-origin': ['body-preserved', 'content-headers-preserved']},
	// It takes off content headers on 303 only.
	'undici request': {
		'moved-301': ['content-headers-removed'],
		'moved-302': ['content-headers-removed'],
	},
	// Headers that were given with -H go along on every hop.
	curl: {
		'moved-301': ['content-headers-removed'],
		'moved-302': ['content-headers-removed'],
		'see-other-303': ['content-headers-removed'],
	},
};

/** 301 and 302 allow a POST to become a GET; these clients keep it. */
export const keepPost = ['got 15.0.5', 'got 16'];

/** A client that gives up in a circle: how many redirects it followed, how it said so, what that breaks. */
export const circles: Readonly<
	Record<string, [followed: number, words: string, broken: readonly string[]]>
> = {
	'built-in fetch': [20, 'redirect count exceeded', []],
	'undici fetch': [20, 'redirect count exceeded', []],
	'undici request': [1, 'Redirect loop detected', []],
	axios: [21, 'Maximum number of redirects exceeded', ['hop-limit']],
	'got 15.0.5': [10, 'Redirected 10 times. Aborting.', []],
	'got 16': [10, 'Redirected 10 times. Aborting.', []],
	'follow-redirects': [21, 'Maximum number of redirects exceeded', ['hop-limit']],
	curl: [50, 'Maximum (50) redirects followed', ['hop-limit']],
};

/** What assertFollowedThrough says of got 15.0.5 at the scenario cross-origin. */
export const gotFifteenMessage = `The client did not follow through.

Scenario "cross-origin": 1 redirect (1 followed); rules: 2 broken, 8 kept, 1 not observed.

hop 1
  sent first  POST https://shop.example.test/checkout                                     exchange 1
              Content-Type: application/json
              10 bytes, SHA-256 e28879eb…: {"cart":9}
  was told    307 Temporary Redirect, Location: https://partner.example.test/checkout
  sent then   POST https://partner.example.test/checkout                                  exchange 2
              no body (0 bytes)
  linked by   target, method, headers, agent; not certain: it may be a call of its own

  ✗ body-preserved (should): A client that keeps the method sends the same body again, to the
    byte.
      expected      10 bytes, SHA-256 e28879eb…: {"cart":9}
      actual        no body (0 bytes)
      likely cause  the body was not sent again: a stream that was not rewound, or a body dropped on
                    the redirect
      source        RFC 9110, 15.4: "When automatically following a redirected request, the user
                    agent SHOULD resend the original request message with the following
                    modifications"
      see           node_modules/followthrough/docs/rules/body-preserved.md

  ✗ content-headers-preserved (should): A client that keeps the method keeps Content-Type,
    Content-Encoding, Content-Language and Content-Location.
      expected      content-type: application/json
      actual        no content-type
      likely cause  the content headers went with the body
      source        RFC 9110, 15.4: "If the request method has been changed to GET or HEAD, remove
                    content-specific header fields"
      see           node_modules/followthrough/docs/rules/content-headers-preserved.md

  ✓ kept          method-preserved, content-length-matches, empty-content-announced,
                  target-is-location, host-matches-target, headers-kept, authorization-withheld,
                  cookie-withheld
  ○ not observed  original-address-kept-in-use: no later call came from which it could be seen`;
