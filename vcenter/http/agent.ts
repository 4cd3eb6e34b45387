import type { Agent, EnvHttpProxyAgent } from "undici";
import { invalidSetting, type ResolvedOptions } from "../options";
import type { TrustOptions } from "./trust";

/** A proxy that the environment names for HTTPS. */
export interface Proxy {
  /** The variable that names it: `HTTPS_PROXY`. */
  readonly variable: string;
  /** `http://user:password@proxy.example.com:3128/`. */
  readonly url: URL;
}

/** Go's HTTP client, and with it the vSphere provider and Packer, never asks a proxy for this machine itself. */
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The proxy in `HTTPS_PROXY`. That of `HTTP_PROXY` does not count for HTTPS, as in Go, so that this program takes the
 * same way to vCenter as the vSphere provider and Packer.
 *
 * @param origin `https://vcenter.example.com:443`
 * @returns undefined where there is none, and for this machine itself
 * @throws VCenterError `invalidArgument` for what is no address of a proxy
 */
export function proxyOf(
  origin: string,
  environment: NodeJS.ProcessEnv = process.env,
): Proxy | undefined {
  if (loopback.test(new URL(origin).hostname)) return undefined;
  const variable = ["https_proxy", "HTTPS_PROXY"].find((name) => environment[name]);
  if (variable === undefined) return undefined;
  const text = environment[variable] ?? "";
  try {
    const url = new URL(text.includes("://") ? text : `http://${text}`);
    if (["http:", "https:"].includes(url.protocol)) return { variable, url };
  } catch {
    // The text may hold a password, and so may the error.
  }
  throw invalidSetting(
    variable,
    "it is not the address of a proxy, like http://proxy.example.com:3128",
  );
}

/**
 * Opens what sends the requests, through the environment's proxy unless `NO_PROXY` names the server. Loads the HTTP
 * library only now: the processes that never call vCenter start without it.
 */
export async function openAgent(
  proxy: Proxy | undefined,
  trust: TrustOptions,
  options: Pick<ResolvedOptions, "maximumConcurrentCalls" | "timeoutMilliseconds">,
): Promise<Agent | EnvHttpProxyAgent> {
  const undici = await import("undici");
  const timeout = options.timeoutMilliseconds;
  const settings = {
    connections: options.maximumConcurrentCalls,
    pipelining: 1,
    // The time limit of an attempt covers these.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { ...trust, timeout },
  };
  if (proxy === undefined) return new undici.Agent(settings);
  return new undici.EnvHttpProxyAgent({
    ...settings,
    httpProxy: "",
    httpsProxy: proxy.url.href,
    requestTls: { ...trust, timeout },
    proxyTls: { timeout },
  });
}

/** What an error says of the way to the server; nothing where no proxy is named. */
export function throughProxy(proxy: Proxy | undefined): string {
  return proxy === undefined
    ? ""
    : `, through the proxy ${proxy.url.host} of ${proxy.variable} unless NO_PROXY names the server`;
}
