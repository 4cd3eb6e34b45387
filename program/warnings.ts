import * as pulumi from "@pulumi/pulumi";

import { configurationWarnings, type Configuration } from "../configuration";
import type { VCenterConnection } from "../vcenter/options";
import { isTrustedBySystem } from "../vcenter/trust";
import { visibleLine } from "../vcenter/visibleText";

/** Tells the user, at preview and up, what may go wrong with a configuration that has no faults. */
export function warn(configuration: Configuration, connection: VCenterConnection): void {
  const warnings = [...connectionWarnings(connection), ...configurationWarnings(configuration)];
  for (const warning of warnings) {
    void pulumi.log.warn(visibleLine(warning));
  }
}

/** What may go wrong with the way to vCenter, one line each. */
export function connectionWarnings({
  server,
  insecure,
  certificateAuthority,
}: VCenterConnection): string[] {
  const warnings: string[] = [];
  if (insecure) {
    warnings.push(
      `vsphere:allowUnverifiedSsl: any certificate is accepted, so whoever stands between this machine and ${server} ` +
        "can read the password: give the certificate authority in deckhouse-vsphere:caBundle instead",
    );
  }
  if (certificateAuthority !== undefined && !isTrustedBySystem(certificateAuthority)) {
    warnings.push(
      "deckhouse-vsphere:caBundle: the vSphere provider verifies with the certificates of this machine only, and they " +
        "do not include these: add them to the system's, or export SSL_CERT_FILE with a file that holds them (Linux)",
    );
  }
  return warnings;
}
