import { ConfigurationError, finding, type Finding } from "../findings/finding";
import type { VCenterConnection } from "../vcenter";
import { certificateFaults, hostFaults } from "./endpoints";
import { edgeFaults } from "./secrets";
import { findSetting, settings, type SettingName, type SettingSources } from "./settings";

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
    throw new ConfigurationError(findings);
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
