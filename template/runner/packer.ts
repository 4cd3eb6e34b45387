import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { templateFor } from "../packerText";
import type { BuildRequest } from "../request";
import { toolEnvironment } from "./environment";
import type { Run } from "./run";
import { buildSteps, type StageName } from "./stages";
import { variableFileArguments } from "./privateCopy";
import type { Tools } from "./tools";

const validateSeconds = 300;

/** What running Packer needs beside the run. */
export interface PackerRun {
  readonly tools: Tools;
  /** Begins a stage; throws when the run has to end. */
  readonly next: (stage: StageName) => void;
  /** A folder with a plain path for Packer's temporary files and sockets. */
  readonly temporary: string;
}

/**
 * `packer init`, `validate` and `build` in the private copy. Packer works in it by a link: wherever the copy is, the
 * paths that Packer makes for files in it are plain, and mean nothing to a template.
 *
 * @throws RunFailure, or the signal's reason
 */
export async function runPacker(
  run: Run,
  build: BuildRequest,
  { tools, next, temporary }: PackerRun,
): Promise<void> {
  const { request, folder, progress } = run;
  const workingFolder = join(temporary, "source");
  symlinkSync(folder.source, workingFolder);
  const environment = {
    ...packerEnvironment(run, build, temporary),
    // By it Go's programs know the folder in which they were started by the path of the link.
    PWD: workingFolder,
  };
  const files = variableFileArguments(build.recipe.source);
  let step = "";
  const onLine = (line: string): void => {
    step = buildSteps.find(([pattern]) => pattern.test(line))?.[1] ?? step;
    progress.detail(step);
  };
  const packer = async (
    stage: "init" | "validate" | "build",
    timeout: number,
    remedy: string,
    ...args: string[]
  ): Promise<void> => {
    next(stage);
    await tools.run({
      ...{ stage, timeout, remedy, environment },
      shown: `packer ${stage}`,
      command: "packer",
      arguments: [stage, ...args, "."],
      folder: workingFolder,
      ...(stage === "build" ? { onLine } : {}),
    });
  };
  await packer(
    "init",
    request.timeouts.init,
    "let this machine reach github.com, or install the plugin by hand: packer plugins install github.com/vmware/vsphere",
  );
  await packer(
    "validate",
    validateSeconds,
    "correct templateImage, or the Packer folder if it is your own",
    ...files,
  );
  await packer(
    "build",
    request.timeouts.build,
    "see the log; the next run starts clean",
    ...["-color=false", "-timestamp-ui", ...files],
  );
}

function packerEnvironment(
  { request, password, folder, work, log }: Run,
  { recipe }: BuildRequest,
  temporary: string,
): NodeJS.ProcessEnv {
  const { certificateAuthority } = request.vCenter;
  const guestPassword = randomBytes(18).toString("base64url");
  log.redaction.add(guestPassword);
  const givenPassword = templateFor(password);
  log.redaction.add(givenPassword);
  return toolEnvironment({
    // The one way to hand over a password that leaves it out of files and command lines.
    PKR_VAR_vcenter_password: givenPassword,
    // A machine with a well-known password must not stand in a network, not even for half an hour. Only this project's
    // own folders take it from a variable; others may have its hash in a file.
    ...(recipe.source.kind === "builtin" ? { PKR_VAR_connection_password: guestPassword } : {}),
    PACKER_CACHE_DIR: process.env["PACKER_CACHE_DIR"] ?? join(work, "cache"),
    PACKER_NO_COLOR: "1",
    TMPDIR: temporary,
    CHECKPOINT_DISABLE: "1",
    ...(certificateAuthority === undefined
      ? {}
      : { SSL_CERT_FILE: writeCertificates(folder.source, certificateAuthority) }),
  });
}

/** The certificates of the configuration together with those that the user has others trust. */
function writeCertificates(folder: string, certificateAuthority: string): string {
  const given = process.env["SSL_CERT_FILE"];
  const others = given !== undefined && existsSync(given) ? readFileSync(given, "utf8") : "";
  const file = join(folder, "certificates.pem");
  writeFileSync(file, `${others}\n${certificateAuthority}\n`);
  return file;
}
