import assert from "node:assert/strict";
import { parseConfiguration, configurationWarnings } from "../../../configuration";
import { proxyRules } from "../../../configuration/rules/cluster/proxy";
import { installed, stackOf } from "./clusterSupport";
import { describeClusterRules, type RuleCase } from "./ruleTable";
import { sentencesOf } from "../../support/pointers";

const address = "http://proxy.example.com:3128";
const withLogin = (key: string, written: string): RuleCase => [
  { proxy: { [key]: written } },
  `@.proxy.${key}: found <hidden>: a login is in it, which would stand in the state in the clear: write the address ` +
    "without it, the user as username beside it, and the password with `pulumi config set --secret " +
    "deckhouse-vsphere:proxyPassword`; change the password if the file was shared",
];

describeClusterRules("the proxies of a cluster", proxyRules, {
  proxyLoginIsApart: {
    "a user and a password in the address": withLogin(
      "httpProxy",
      "http://user:hunter2@proxy.example.com:3128",
    ),
    "a user alone": withLogin("httpsProxy", "https://user@proxy.example.com"),
    "a password with an @ and a slash in it": withLogin("httpProxy", "http://u:h@n/t/er2@proxy"),
    "a user beside the address is accepted": [{ proxy: { httpProxy: address, username: "u" } }],
  },
  proxyLeadsSomewhere: {
    "exceptions without a proxy": [
      { proxy: { noProxy: [".example.com"] } },
      "@.proxy: found an object: it has neither httpProxy nor httpsProxy, and nothing would go through a proxy: write one " +
        "of the two, or remove proxy",
    ],
    "one of the two is accepted (1)": [{ proxy: { httpProxy: address } }],
    "one of the two is accepted (2)": [{ proxy: { httpsProxy: address } }],
  },
  proxyPortExists: {
    "port 0": [
      { proxy: { httpProxy: "http://p:0" } },
      '@.proxy.httpProxy: found "http://p:0": there is no port 0, and nobody could connect to it: write a port from 1 to ' +
        "65535",
    ],
    "port 65536": [
      { proxy: { httpsProxy: "http://p:65536" } },
      '@.proxy.httpsProxy: found "http://p:65536": there is no port 65536, and nobody could connect to it: write a port ' +
        "from 1 to 65535",
    ],
    "port 65535 and no port are accepted": [
      { proxy: { httpProxy: "http://p:65535", httpsProxy: "https://p" } },
    ],
  },
});

describe("what may go wrong with proxies", () => {
  const warnings = (proxy: object, networks: object = {}): string[] =>
    sentencesOf([
      ...configurationWarnings(parseConfiguration(stackOf({ ...installed, ...networks, proxy }))),
    ]).filter((line) => line.includes("noProxy"));
  const missing = (subnets: string, is = "are"): string[] => [
    `cluster configuration of k8s-region-x1, proxy.noProxy: ${subnets}, where the nodes are, ${is} not in it, and what ` +
      `pods ask of nodes would go through the proxy: add ${subnets}`,
  ];
  const all = "10.200.0.0/24, 192.0.200.0/24, 198.51.200.0/24, 10.200.1.0/24";

  it("is that the networks of the nodes are not in noProxy", () => {
    assert.deepEqual(warnings({ httpProxy: address }), missing(all));
    const outside = ["10.200.0.0/25", "192.0.200.7", "example.com", "198.51.200.0/24"];
    assert.deepEqual(
      warnings({ httpProxy: address, noProxy: [...outside, "10.200.1.0/24", "192.0.200.0/23"] }),
      missing("10.200.0.0/24", "is"),
    );
  });

  it("is not told of networks within a network of noProxy", () => {
    const noProxy = ["10.0.0.0/8", "0.0.0.0/0"];
    assert.deepEqual(warnings({ httpProxy: address, noProxy }), []);
  });

  it("never shows a login in an address that is badly written", () => {
    for (const written of ["user:hunter2@proxy", "http://u:hunter2@proxy/path", "u:hunter2@p@"]) {
      const raw = stackOf({ ...installed, proxy: { httpProxy: written } });
      assert.throws(
        () => parseConfiguration(raw),
        ({ message }: Error) =>
          message.includes("proxy.httpProxy: found <hidden>") && !message.includes("hunter2"),
      );
    }
  });
});
