import { secretPlaceholder, type InstallationInputs } from "./inputs";

/**
 * The proxies of a `ClusterConfiguration`. Source: deckhouse/deckhouse `candi/openapi/cluster_configuration.yaml`.
 */
export interface ProxyDocument {
  /** With a login in it: secret. */
  readonly httpProxy?: string;
  /** With a login in it: secret. */
  readonly httpsProxy?: string;
  readonly noProxy?: readonly string[];
}

/** Builds what a cluster is told of proxies. */
export function proxySettings({
  region: { cluster },
  secrets,
}: InstallationInputs): ProxyDocument | undefined {
  if (cluster.proxy === undefined) return undefined;
  const { httpProxy, httpsProxy, username, noProxy } = cluster.proxy;
  const withLogin = (address: string | undefined): string | undefined =>
    username === undefined
      ? address
      : address?.replace("://", () => `://${encoded(username)}:${passwordOf(secrets)}@`);
  return { httpProxy: withLogin(httpProxy), httpsProxy: withLogin(httpsProxy), noProxy };
}

/** The password as an address has it. A placeholder stays as it is, for whoever fills it in to find. */
function passwordOf({ proxyPassword }: InstallationInputs["secrets"]): string {
  const placeholder = secretPlaceholder("proxyPassword");
  return proxyPassword === undefined || proxyPassword === placeholder
    ? placeholder
    : encoded(proxyPassword);
}

/**
 * A part of a login as an address has it. Nothing but letters, digits and `-._` stays: Deckhouse accepts no `~`, and the
 * address ends up in scripts on the nodes, where quotes and brackets would mean something.
 */
function encoded(part: string): string {
  return encodeURIComponent(part).replaceAll(
    /[~!*'()]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
