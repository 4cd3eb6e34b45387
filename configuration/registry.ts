import { finding, type Finding } from "../findings/finding";
import { listed } from "../findings/text";
import type { Deckhouse } from "./clusterTypes";
import { deckhouseHas } from "./deckhouseVersions";

/** A login to a container registry. Secret. */
export interface RegistryLogin {
  readonly username: string;
  readonly password: string;
}

/** What Docker's configuration file says of one registry; empty where no login is needed. */
interface Credentials {
  readonly username?: unknown;
  readonly password?: unknown;
  /** Both, with a colon between them, in base64. */
  readonly auth?: unknown;
}

/**
 * The faults of credentials that Deckhouse's images could not be fetched with.
 *
 * Source: deckhouse/deckhouse `candi/openapi/init_configuration.yaml` (`registryDockerCfg`) and
 * `go_lib/registry/models/initconfig/config.go`, which looks for exactly the host of `imagesRepo`.
 *
 * @param key where the credentials stand
 * @param value Docker's configuration file in base64
 * @param deckhouse undefined when the configuration has faults itself: nobody knows then where the images are
 */
export function registryFaults(
  key: string,
  value: string,
  deckhouse: Pick<Deckhouse, "imagesRepo" | "version"> | undefined,
): Finding[] {
  const example = 'encode {"auths": {"HOST": {"username": ..., "password": ...}}} with base64 -w0';
  const auths = authsIn(value);
  if (auths === undefined) {
    return [
      finding(
        key,
        value,
        "it is not the base64 text of a JSON object with auths, and no image could be fetched",
        example.replace("HOST", "registry.example.com"),
      ),
    ];
  }
  const { imagesRepo, version = "" } = deckhouse ?? {};
  if (imagesRepo === undefined) return [];
  const host = hostOf(imagesRepo);
  const credentials = auths[host];
  if (!Object.hasOwn(auths, host) || credentials === undefined) {
    return [
      finding(
        key,
        value,
        `it has no credentials for exactly ${host}, the host of deckhouse.imagesRepo, but for ` +
          `${listed(Object.keys(auths), 5) || "none"}, and Deckhouse would refuse it`,
        example.replace("HOST", host),
      ),
    ];
  }
  const isUsed = deckhouseHas(version, "registrySettings");
  return isUsed && loginIn(credentials) === "unreadable"
    ? [
        finding(
          key,
          value,
          `the credentials for ${host} have no username and password, which Deckhouse ${version} needs`,
          `${example.replace("HOST", host)}; a license key is the password of the user license-token`,
        ),
      ]
    : [];
}

/**
 * The login to the registry of Deckhouse's images.
 *
 * @param value Docker's configuration file in base64, without faults
 * @param imagesRepo the address of the images
 * @returns undefined for a registry that asks for no login
 */
export function registryLogin(value: string, imagesRepo: string): RegistryLogin | undefined {
  const login = loginIn(authsIn(value)?.[hostOf(imagesRepo)] ?? {});
  return typeof login === "object" ? login : undefined;
}

/** The host of an address of images, with its port. */
function hostOf(imagesRepo: string): string {
  return imagesRepo.replace(/\/.*$/, "");
}

function loginIn({ username, password, auth }: Credentials): RegistryLogin | "none" | "unreadable" {
  if (typeof username === "string" && typeof password === "string" && username && password) {
    return { username, password };
  }
  const both = typeof auth === "string" ? Buffer.from(auth, "base64").toString("utf8") : "";
  const colon = both.indexOf(":");
  if (colon > 0 && colon < both.length - 1) {
    return { username: both.slice(0, colon), password: both.slice(colon + 1) };
  }
  const isEmpty = [username, password, auth].every((part) => part === undefined || part === "");
  return isEmpty ? "none" : "unreadable";
}

/** The credentials by host; undefined when the text is something else. */
function authsIn(value: string): Record<string, Credentials> | undefined {
  if (!/^[A-Za-z0-9+/]+=*$/.test(value)) return undefined;
  try {
    const decoded: unknown = JSON.parse(Buffer.from(value, "base64").toString("utf8"));
    const auths: unknown = isObject(decoded) ? decoded["auths"] : undefined;
    if (!isObject(auths)) return undefined;
    return Object.fromEntries(
      Object.entries(auths).map(([host, one]) => [host, isObject(one) ? one : {}]),
    );
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
