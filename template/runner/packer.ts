import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { templateFor } from "../packerVariables";
import type { BuildRequest } from "../request";
import { toolEnvironment, type Tools } from "./childProcess";
import { failure } from "./failure";
import { variableFileArguments } from "./privateCopy";
import { buildSteps, type StageName } from "./progress";
import type { Run } from "./run";

const validateSeconds = 300;

/** Bytes in the path of a Unix socket: macOS allows 104 with the NUL at the end, Linux 108 (unix(7)). */
const longestSocketPath = 103;

/** Each plugin of Packer opens a socket with such a name (packer-plugin-sdk, plugin/server.go; Go's os.CreateTemp). */
const socketName = "packer-plugin4294967295";

/**
 * Characters without a meaning in a URL, a template or a pattern: Packer identifies a local installer by a URL, and files
 * in its folder by paths.
 */
const plain = /^[\w/.,@+=-]+$/;

/** What running Packer needs besides the run. */
export interface PackerRun {
  readonly tools: Tools;
  /** Starts a stage; throws when the run has to end. */
  readonly next: (stage: StageName) => void;
  /** A folder with a plain path for Packer's temporary files and sockets. */
  readonly temporary: string;
}

/**
 * Runs `packer init`, `validate` and `build` in the private copy, which Packer reaches through a link: wherever the copy
 * is, the paths that Packer forms for files in it are plain, and mean nothing to a template.
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
    // From it, programs in Go know their working folder by the path of the link.
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
      stage,
      timeout,
      remedy,
      environment,
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
    "let this machine reach github.com, or install the plugin by hand (packer plugins install github.com/vmware/vsphere)",
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
    "find the cause in the log; the next run starts from scratch",
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
    // The only way to pass a password that keeps it out of files and command lines.
    PKR_VAR_vcenter_password: givenPassword,
    // A machine with a well-known password must not be on a network, not even for half an hour. Only the built-in folders
    // take the password from a variable; others may have its hash in a file.
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

/** The certificates of the configuration, together with those that the user trusts anyway. */
function writeCertificates(folder: string, certificateAuthority: string): string {
  const given = process.env["SSL_CERT_FILE"];
  const others = given !== undefined && existsSync(given) ? readFileSync(given, "utf8") : "";
  const file = join(folder, "certificates.pem");
  writeFileSync(file, `${others}\n${certificateAuthority}\n`);
  return file;
}

/**
 * The path of a new folder for Packer's temporary files and sockets: in the system's temporary folder (TMPDIR), or in
 * /tmp if that one's path is unsuitable.
 *
 * @param name the folder's, which nobody can guess and no other run uses
 * @param places the candidates for its parent, best first
 * @returns an absolute path
 * @throws RunFailure when no candidate is suitable
 */
export function temporaryFolderPath(
  name: string,
  places: readonly string[] = [tmpdir(), "/tmp"],
): string {
  // Packer and its plugins have a working folder of their own, where a relative TMPDIR would be another place.
  const paths = places.map((place) => resolve(place, name));
  const found = paths.find(
    (path, index) => plain.test(path) && isShort(path) && isWritable(places[index] ?? ""),
  );
  if (found !== undefined) return found;
  const longest = longestSocketPath - `/${name}/${socketName}`.length;
  throw failure("tools", {
    where: "TMPDIR",
    wrong: `neither ${places.join(" nor ")} is suitable for Packer's temporary files and sockets`,
    remedy:
      `set it to a folder that this account may write to, whose path has at most ${longest} bytes and consists of ` +
      "letters, digits and /._-",
  });
}

function isShort(path: string): boolean {
  return Buffer.byteLength(`${path}/${socketName}`) <= longestSocketPath;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The name of the machine that a build made, from the file that Packer's manifest post-processor wrote.
 *
 * @throws Error when the file is missing, or names more or less than one machine
 */
export function builtMachine(file: string): string {
  const { builds = [] } = JSON.parse(readFileSync(file, "utf8")) as {
    builds?: { artifact_id?: string }[];
  };
  const [build, ...others] = builds;
  if (build?.artifact_id === undefined || others.length > 0) {
    throw new Error(`Packer's manifest names ${builds.length} machines instead of one`);
  }
  return build.artifact_id;
}
