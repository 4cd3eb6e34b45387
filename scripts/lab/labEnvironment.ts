import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { workFolderVariable } from "../../template/runner/workFolder";
import { certificateBundle } from "./certificateBundle";
import {
  engineEnvironment,
  joinEnvironments,
  packerEnvironment,
  vcenterEnvironment,
  type EngineChoice,
  type LabEnvironment,
} from "./environment";
import type { Ready } from "./simulatedVCenter";

/** Where something that works on a simulated vCenter keeps what belongs to it. */
export interface LabPlaces {
  /** Keys, certificates and sessions. */
  readonly run: string;
  /** Stacks. */
  readonly state: string;
}

/** A password that nobody knows; for the account that Deckhouse is to work with. */
export function randomPassword(): string {
  return randomBytes(18).toString("base64url");
}

/**
 * Everything that programs need to work with the lab's engine and Packer on a running simulated vCenter. Writes the
 * bundle of certificates that it names.
 */
export function labEnvironment(
  choice: EngineChoice,
  places: LabPlaces,
  ready: Ready,
  clusterAccountPassword: string,
): LabEnvironment {
  const bundle = join(places.run, "certificates.pem");
  const given = process.env["SSL_CERT_FILE"];
  // Somebody who sourced the lab's environment has the lab's own bundle there, of an earlier authority.
  const users = given?.startsWith(choice.folders.root) === true ? undefined : given;
  mkdirSync(places.state, { recursive: true });
  writeFileSync(bundle, certificateBundle(ready.certificateAuthority, users));
  // With what they are about: the logs of a simulated vCenter's templates go when it goes.
  const templates = { [workFolderVariable]: join(places.run, "template-images") };
  return joinEnvironments(
    engineEnvironment(choice, places.state),
    packerEnvironment(choice),
    { path: [], set: templates, unset: [] },
    vcenterEnvironment({
      ...ready,
      certificateBundle: bundle,
      sessionFolder: join(places.run, "govmomi"),
      clusterAccountPassword,
    }),
  );
}
