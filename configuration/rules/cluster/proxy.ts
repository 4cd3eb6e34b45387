import { finding } from "../../../findings/finding";
import { clusterConfigurationsOf, type Rule } from "../../places";
import { settings } from "../../settings";

const addresses = ["httpProxy", "httpsProxy"] as const;

/**
 * No address of a proxy has a login in it: the configuration is stored in the state in the clear. The value is not shown.
 *
 * Source: deckhouse/deckhouse `candi/openapi/cluster_configuration.yaml` (`proxy`), which has the login in the address.
 */
const proxyLoginIsApart: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    for (const key of addresses) {
      const written = cluster.proxy?.[key];
      if (written?.includes("@") !== true) continue;
      yield finding(
        `${pathOf("proxy")}.${key}`,
        written,
        "a login is in it, which would stand in the state in the clear",
        `write the address without it, the user as username beside it, and the password with \`pulumi config set --secret ` +
          `${settings.proxyPassword.key}\`; change the password if the file was shared`,
      );
    }
  }
};

/** What is said of proxies is said of at least one: Deckhouse would take the rest and do nothing with it. */
const proxyLeadsSomewhere: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    const { proxy } = cluster;
    if (proxy === undefined || addresses.some((key) => proxy[key] !== undefined)) continue;
    yield finding(
      pathOf("proxy"),
      proxy,
      "it has neither httpProxy nor httpsProxy, and nothing would go through a proxy",
      "write one of the two, or remove proxy",
    );
  }
};

/** The port of a proxy is one that exists; the form of the address is checked by the schema. */
const proxyPortExists: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    for (const key of addresses) {
      const written = cluster.proxy?.[key];
      const port = Number(/:([0-9]+)$/.exec(written ?? "")?.[1] ?? 1);
      if (port >= 1 && port <= 65535) continue;
      yield finding(
        `${pathOf("proxy")}.${key}`,
        written,
        `there is no port ${port}, and nobody could connect to it`,
        "write a port from 1 to 65535",
      );
    }
  }
};

/** What has to hold for the proxies of a cluster. */
export const proxyRules: readonly Rule[] = [
  proxyLoginIsApart,
  proxyLeadsSomewhere,
  proxyPortExists,
];
