import { deckhouseHas, firstVersionWith } from "./deckhouseVersions";
import type { Configuration } from "./types";
import { ConfigurationError, finding, onTopic, type Finding } from "../findings/finding";
import type { VCenterConnection } from "../vcenter";
import { edgeFaults } from "./secrets";
import { findSetting, settings, type SettingName, type SettingSources } from "./settings";
import { isIPv6 } from "node:net";
import { certificatesIn } from "../vcenter/offline";

/**
 * Decides which vCenter the program talks to, and as whom: the one place for this program's own client, in the same
 * order as the vSphere provider decides for itself, configuration first and environment second.
 *
 * @throws ConfigurationError with one line for each value that is missing or cannot be used
 */
export function connectionFrom(sources: SettingSources): VCenterConnection {
  const findings: Finding[] = [];
  const required = (name: "server" | "user" | "password"): string => {
    const { value } = findSetting(sources, name);
    if (value === undefined) {
      findings.push(missingSetting(name));
    }
    return value ?? "";
  };
  const server = required("server");
  const user = required("user");
  const password = required("password");
  const insecure = asBoolean(findSetting(sources, "allowUnverifiedSsl").value, findings);
  if (server !== "") {
    findings.push(
      ...hostFaults(findSetting(sources, "server").source, server, settings.server.example),
    );
  }
  findings.push(...edgeFaults(findSetting(sources, "password").source, password));
  const { value: certificateAuthority } = findSetting(sources, "caBundle");
  const { key } = settings.caBundle;
  if (certificateAuthority !== undefined) {
    const consequence = "vCenter's certificate could not be verified";
    findings.push(...certificateFaults(key, certificateAuthority, consequence));
  }
  if (insecure && certificateAuthority !== undefined) {
    findings.push(
      finding(
        key,
        certificateAuthority,
        "it has no effect while vsphere:allowUnverifiedSsl accepts any certificate",
        "remove one of the two; keep the certificates",
      ),
    );
  }
  if (findings.length > 0) {
    throw new ConfigurationError(onTopic("connection-settings", findings));
  }
  return { server, user, password, insecure, certificateAuthority };
}

function missingSetting(name: SettingName & ("server" | "user" | "password")): Finding {
  const { key, secret, variable } = settings[name];
  return finding(
    key,
    undefined,
    "the program cannot reach vCenter without it",
    `run \`pulumi config set ${secret ? "--secret " : ""}${key} ...\`, or export ${variable}`,
  );
}

/** The spellings of a boolean that the vSphere provider accepts for this setting (Go's strconv.ParseBool). */
function asBoolean(value: string | undefined, findings: Finding[]): boolean {
  if (value === undefined || ["0", "f", "F", "false", "FALSE", "False"].includes(value)) {
    return false;
  }
  if (!["1", "t", "T", "true", "TRUE", "True"].includes(value)) {
    findings.push(
      finding(
        "vsphere:allowUnverifiedSsl",
        value,
        "it is neither true nor false, so the provider would refuse it",
        "write true or false",
      ),
    );
  }
  return true;
}

/** A name or an IPv4 address, or an IPv6 address in brackets, with a port where there is one. */
const hostWithPort =
  /^(?:[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}_.])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/u;

/**
 * The fault of a server that is written as anything but a host: as an address of a web page, with a user, with a path.
 * Everybody who gets it puts `https://` before it and a path behind it.
 *
 * Source: vmware/terraform-provider-vsphere `vsphere/config.go` (vimURL); deckhouse/deckhouse
 * `go_lib/dependency/vsphere/vsphere.go`.
 *
 * @param path where it stands
 * @param value what stands there
 * @param example a right one
 */
export function hostFaults(path: string, value: string, example: string): Finding[] {
  if (hostWithPort.test(value)) {
    return [];
  }
  if (isIPv6(value) && !value.includes("%")) {
    return [
      finding(
        path,
        value,
        "everybody who gets it puts https:// before it, where an IPv6 address is in brackets",
        `write [${value}]`,
      ),
    ];
  }
  const host = hostIn(value);
  const remedy =
    host === undefined
      ? `write the name or address of the host alone, for example ${example}`
      : `write ${host}${value.includes("@") ? ", and the user in the key for the user" : ""}`;
  return [
    finding(
      path,
      withoutUser(value),
      "it is not the name or address of a host, with a port at most, and nobody could connect to it",
      remedy,
    ),
  ];
}

/** The host that somebody meant who copied a line of a browser, if there is one in it. */
function hostIn(value: string): string | undefined {
  const withoutScheme = value.trim().replace(/^[A-Za-z][A-Za-z0-9+.-]*:[/\\]*(?=[^0-9])/, "");
  const host = withoutScheme
    .slice(withoutScheme.lastIndexOf("@") + 1)
    .replace(/^\/+/, "")
    .replace(/[/?#\\\s].*$/s, "")
    .replace(/:$/, "");
  if (isIPv6(host) && !host.includes("%")) return `[${host}]`;
  return hostWithPort.test(host) ? host : undefined;
}

/** What is before an `@` may be a password. */
function withoutUser(value: string): string {
  return value.replace(/^([A-Za-z][A-Za-z0-9+.-]*:\/\/)?.*@/s, "$1<hidden>@");
}

/**
 * The fault of a text of certificates that nobody could use. Whoever gets it reads what there is and says nothing.
 *
 * @param path where it stands
 * @param value the text
 * @param consequence what would happen, as the end of a sentence
 */
export function certificateFaults(path: string, value: string, consequence: string): Finding[] {
  const { fault } = certificatesIn(value);
  if (fault === undefined) {
    return [];
  }
  const isPrivate = value.includes("PRIVATE KEY");
  return [
    finding(
      path,
      value,
      isPrivate
        ? `${fault}, and whoever may read the state could read it`
        : `${fault}, so ${consequence}`,
      isPrivate
        ? "give the certificates alone, and replace that key if the file was shared"
        : `give the whole text of the certificate authority's PEM file, with its line breaks, not its path${example(path)}`,
    ),
  ];
}

/** How to set a key that is text by itself. */
function example(path: string): string {
  return path.includes(":") ? `: \`pulumi config set ${path} -- "$(cat ca.pem)"\`` : "";
}

/**
 * Deckhouse before 1.78 cannot verify vCenter's certificate against an authority of one's own: it is told not to verify,
 * or nothing can be installed.
 *
 * Source: deckhouse/deckhouse#21245, which names `insecure: true` as the one way of the versions before.
 *
 * @param configuration what the documents are made of
 * @param connection how the program itself reaches vCenter
 */
export function documentCertificateFaults(
  { regions, deckhouse: { version, insecureVCenter } }: Configuration,
  { certificateAuthority, insecure }: VCenterConnection,
): Finding[] {
  const hasDocuments = regions.some(({ cluster }) => cluster !== undefined);
  const isAccepted = deckhouseHas(version, "certificateAuthorities");
  if (!hasDocuments || isAccepted || insecureVCenter || insecure || !certificateAuthority) {
    return [];
  }
  const newer = firstVersionWith("certificateAuthorities");
  return [
    finding(
      "deckhouse.insecureVCenter",
      false,
      `Deckhouse ${version} accepts no certificate authority for vCenter, and without yours it could not log in`,
      `set deckhouse.version to ${newer} or newer; or write true, and Deckhouse (this program does not) logs in without ` +
        "verifying the certificate, so that whoever gets between the two can read the account's password",
    ),
  ];
}
