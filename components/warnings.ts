import * as pulumi from "@pulumi/pulumi";

import { configurationWarnings, type Configuration } from "../configuration";
import { findingTexts, onTopic, warning, type Finding } from "../findings/finding";
import type { VCenterConnection } from "../vcenter";
import { isTrustedBySystem } from "../vcenter/offline";

/** Tells the user, at preview and up, what may go wrong with a configuration that has no faults. */
export function warn(configuration: Configuration, connection: VCenterConnection): void {
  const warnings = [
    ...onTopic("large-configuration", sizeWarnings(process.env["PULUMI_CONFIG"] ?? "")),
    ...onTopic("certificate-authority", connectionWarnings(connection)),
    ...configurationWarnings(configuration),
  ];
  for (const text of findingTexts(warnings)) {
    void pulumi.log.warn(text);
  }
}

/** The longest variable of the environment on Linux, with its name: 32 pages (execve(2), MAX_ARG_STRLEN). */
const longestVariableBytes = 128 * 1024;

/** From here on a configuration is told to be large: time enough to move datastores before the engine stops. */
const largeBytes = 96 * 1024;

/**
 * What will go wrong with a configuration that grows: the language host hands it over as one variable.
 *
 * @param handedOver the value of that variable
 */
export function* sizeWarnings(handedOver: string): Iterable<Finding> {
  const bytes = Buffer.byteLength(handedOver);
  if (bytes >= largeBytes) {
    yield warning(
      "the stack configuration",
      `it has ${kibibytes(bytes)} KiB, and from ${kibibytes(longestVariableBytes)} KiB on the engine cannot start the ` +
        'program on Linux ("argument list too long")',
      "put the datastores of large zones into files (regions[].zones[].datastoresFile)",
    );
  }
}

function kibibytes(bytes: number): number {
  return Math.round(bytes / 1024);
}

/** What may go wrong on the way to vCenter. */
export function* connectionWarnings({
  server,
  insecure,
  certificateAuthority,
}: VCenterConnection): Iterable<Finding> {
  if (insecure) {
    yield warning(
      "vsphere:allowUnverifiedSsl",
      `any certificate is accepted, so whoever stands between this machine and ${server} can read the password`,
      "give the certificate authority in deckhouse-vsphere:caBundle instead",
    );
  }
  if (certificateAuthority !== undefined && !isTrustedBySystem(certificateAuthority)) {
    yield warning(
      "deckhouse-vsphere:caBundle",
      "the vSphere provider verifies with the certificates of this machine only, and they do not include these",
      "add them to the system's, or export SSL_CERT_FILE with a file that holds them (Linux)",
    );
  }
}
