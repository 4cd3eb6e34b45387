import type { VCenterConnection } from "../vcenter";
import { certificateFaults } from "./certificates";
import { hostFaults } from "./hosts";
import { ConfigurationError, finding, type Finding } from "../findings/finding";
import { edgeFaults } from "./secrets";

/** Looks up a key of the stack's configuration, `vsphere:user`; undefined when it is not set. */
export type ConfigurationLookup = (key: string) => string | undefined;

/**
 * The environment variables that the vSphere provider falls back on, by configuration key. The provider reads them
 * itself in this order (terraform-provider-vsphere, vsphere/provider.go), so that both always mean the same vCenter.
 */
export const environmentVariables = {
  "vsphere:vsphereServer": "VSPHERE_SERVER",
  "vsphere:user": "VSPHERE_USER",
  "vsphere:password": "VSPHERE_PASSWORD",
  "vsphere:allowUnverifiedSsl": "VSPHERE_ALLOW_UNVERIFIED_SSL",
} as const;

/** The key of the certificates that the program's own client trusts, as PEM text. */
export const caBundleKey = "deckhouse-vsphere:caBundle";

/**
 * Decides which vCenter the program talks to, and as whom: the one place for this program's own client, in the same
 * order as the vSphere provider decides for itself, configuration first and environment second.
 *
 * @param lookup the stack's configuration
 * @param environment usually process.env
 * @throws ConfigurationError with one line for each value that is missing or cannot be used
 */
export function connectionFrom(
  lookup: ConfigurationLookup,
  environment: Readonly<Record<string, string | undefined>>,
): VCenterConnection {
  const problems: Finding[] = [];
  const optional = (key: keyof typeof environmentVariables): string | undefined =>
    lookup(key) || environment[environmentVariables[key]] || undefined;
  /** Where a value stands: a wrong one is to be corrected there. */
  const sourceOf = (key: keyof typeof environmentVariables): string =>
    lookup(key) ? key : environmentVariables[key];
  const required = (key: keyof typeof environmentVariables, secret: string): string => {
    const value = optional(key);
    if (value === undefined) {
      problems.push(
        finding(
          key,
          undefined,
          "the program cannot reach vCenter without it",
          `run \`pulumi config set ${secret}${key} ...\`, or export ${environmentVariables[key]}`,
        ),
      );
    }
    return value ?? "";
  };
  const server = required("vsphere:vsphereServer", "");
  const user = required("vsphere:user", "");
  const password = required("vsphere:password", "--secret ");
  const insecure = asBoolean(optional("vsphere:allowUnverifiedSsl"), problems);
  if (server !== "") {
    problems.push(...hostFaults(sourceOf("vsphere:vsphereServer"), server, "vcenter.example.com"));
  }
  problems.push(...edgeFaults(sourceOf("vsphere:password"), password));
  const certificateAuthority = lookup(caBundleKey) || undefined;
  if (certificateAuthority !== undefined) {
    problems.push(
      ...certificateFaults(
        caBundleKey,
        certificateAuthority,
        "vCenter's certificate could not be verified",
      ),
    );
  }
  if (insecure && certificateAuthority !== undefined) {
    problems.push(
      finding(
        caBundleKey,
        certificateAuthority,
        "it has no effect while vsphere:allowUnverifiedSsl accepts any certificate",
        "remove one of the two; keep the certificates",
      ),
    );
  }
  if (problems.length > 0) {
    throw new ConfigurationError(problems);
  }
  return {
    ...{ server, user, password, insecure },
    ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
  };
}

/** The spellings of a boolean that the vSphere provider accepts for this setting (Go's strconv.ParseBool). */
function asBoolean(value: string | undefined, problems: Finding[]): boolean {
  if (value === undefined || ["0", "f", "F", "false", "FALSE", "False"].includes(value)) {
    return false;
  }
  if (!["1", "t", "T", "true", "TRUE", "True"].includes(value)) {
    problems.push(
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
