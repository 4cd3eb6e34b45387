import { isIPv6 } from "node:net";
import { VCenterError } from "./errors";

/** Where the vCenter is and who logs in. */
export interface VCenterConnection {
  /** Host name or address, with a port where it is not 443: `vcenter.example.com`, `10.0.0.1:8443`, `[fd00::1]:443`. */
  readonly server: string;
  /** `user@domain` or `DOMAIN\user`. */
  readonly user: string;
  readonly password: string;
  /** Accept any certificate. Only for test labs: anyone in between can read the password. */
  readonly insecure: boolean;
  /**
   * PEM text of one or more certificates. If given, only these are trusted, and not the system's certificate
   * authorities.
   */
  readonly certificateAuthority?: string;
}

/** How the client behaves; every field has a default that suits a vCenter shared with others. */
export interface VCenterClientOptions {
  /**
   * Calls on the wire at the same time, 6 by default. vCenter rejects tagging calls above a few hundred a second
   * (kubernetes-sigs/cluster-api-provider-vsphere#1014).
   */
  readonly maximumConcurrentCalls?: number;
  /** The time limit for one attempt of one call, including connecting and the whole answer; 60,000 by default. */
  readonly timeoutMilliseconds?: number;
  /** The most attempts for one call, the first included; 4 by default. */
  readonly attempts?: number;
  /** The wait before the second attempt, doubled for each further one; 500 by default. Jitter takes off up to half. */
  readonly backoffMilliseconds?: number;
  /**
   * The wait after the first look at a running task, doubled for each further one up to eight times this; 250 by
   * default.
   */
  readonly pollMilliseconds?: number;
  /** The User-Agent header, which vCenter's list of sessions shows. */
  readonly userAgent?: string;
  /**
   * Called on closing when sessions may still be open, with one sentence for the user: a logout failed, or the answer
   * to a login was lost. Closing itself never fails: the work is done by then, and vCenter ends an idle session after
   * 30 minutes.
   */
  readonly onLeftSessions?: (sentence: string) => void;
}

/** {@link VCenterClientOptions} with the defaults filled in. */
export type ResolvedOptions = Required<Omit<VCenterClientOptions, "onLeftSessions">> &
  Pick<VCenterClientOptions, "onLeftSessions">;

/** The version in the User-Agent header; a test keeps it equal to package.json. */
export const clientVersion = "0.2.0";

/**
 * Fills in the defaults.
 * @throws VCenterError `invalidArgument` for a number that is not a positive whole number
 */
export function resolveOptions(options: VCenterClientOptions = {}): ResolvedOptions {
  const resolved = {
    maximumConcurrentCalls: options.maximumConcurrentCalls ?? 6,
    timeoutMilliseconds: options.timeoutMilliseconds ?? 60_000,
    attempts: options.attempts ?? 4,
    backoffMilliseconds: options.backoffMilliseconds ?? 500,
    pollMilliseconds: options.pollMilliseconds ?? 250,
    userAgent: options.userAgent ?? `deckhouse-vsphere/${clientVersion}`,
  };
  for (const [name, value] of Object.entries(resolved)) {
    const least = name === "backoffMilliseconds" ? 0 : 1;
    if (typeof value === "number" && !(Number.isInteger(value) && value >= least)) {
      throw invalidSetting(name, `${value} is not a whole number of at least ${least}`);
    }
  }
  return options.onLeftSessions
    ? { ...resolved, onLeftSessions: options.onLeftSessions }
    : resolved;
}

/**
 * The origin (`https://host:port`) of a server.
 * @throws VCenterError `invalidArgument` when the server is anything but a host with an optional port
 */
export function originOf(server: string): string {
  const host = isIPv6(server) ? `[${server}]` : server;
  let url: URL;
  try {
    url = new URL(`https://${host}`);
  } catch {
    throw invalidSetting("server", `"${withoutUser(server)}" is not a host name`);
  }
  const isPlain = url.pathname === "/" && url.search === "" && url.hash === "";
  if (!isPlain || url.username !== "" || url.password !== "" || host.endsWith("/")) {
    throw invalidSetting("server", `"${withoutUser(server)}" is more than a host and a port`);
  }
  return url.origin;
}

/** A password in `user:password@host` must not get into an error text. */
function withoutUser(server: string): string {
  return server.replace(/^.*@/s, "***@");
}

/** The error of a setting that cannot be used. */
export function invalidSetting(name: string, answer: string): VCenterError {
  return new VCenterError({
    kind: "invalidArgument",
    operation: "read the connection settings",
    object: name,
    answer,
    remedy: "correct the setting",
  });
}
