import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { repositoryRoot } from "../../scripts/lab/folders";
import { guestCommands, installedFiles } from "./guestSystemContent";
import { removeFolder, temporaryFolder, writeFiles } from "./temporaryFolder";

/** What a script left. */
export interface ScriptRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const builtin = join(repositoryRoot, "template/packer/ubuntu");

/** The folder of the scripts that both built-in Packer folders run in the guest. */
export const scriptsFolder = join(builtin, "scripts");

/** The scripts of the build in the order in which Packer runs them, which is that of their names in its definition. */
export function scriptsOfBuild(): readonly string[] {
  const definition = readFileSync(join(builtin, "vsphere.pkr.hcl"), "utf8");
  return [...definition.matchAll(/scripts\/([a-z-]+\.sh)/g)].map(([, name]) => name!);
}

/** What the scripts may use besides the commands that change a system, which are imitated. */
const tools = [
  ...["sh", "awk", "cat", "chmod", "cp", "env", "grep", "head", "ls", "ln", "mkdir", "mv", "rm"],
  ...["readlink", "sed", "sort", "touch", "tr"],
];

/**
 * A folder that looks to the scripts like the root of a freshly installed Ubuntu. They find no commands but a few tools
 * and imitations of those that change a system, so that a fault of theirs cannot reach the machine of the test.
 */
export class GuestSystem {
  readonly #folder = temporaryFolder();

  private constructor() {}

  /** A system as the installer leaves it. */
  static installed(): GuestSystem {
    const guest = new GuestSystem();
    for (const folder of ["root", "bin", "state"]) mkdirSync(join(guest.#folder, folder));
    for (const [path, content] of Object.entries(installedFiles)) guest.write(path, content);
    for (const [name, text] of Object.entries(guestCommands)) {
      const file = join(guest.#folder, "bin", name);
      writeFileSync(file, `#!/bin/sh\n${text}`);
      chmodSync(file, 0o755);
    }
    for (const name of tools) symlinkSync(pathOf(name), join(guest.#folder, "bin", name));
    return guest;
  }

  /** Another system that is the same. */
  copy(): GuestSystem {
    const guest = new GuestSystem();
    cpSync(this.#folder, guest.#folder, { recursive: true, verbatimSymlinks: true });
    return guest;
  }

  /** The path of a file of the guest on the machine of the test. */
  path(path: string): string {
    return join(this.#folder, "root", path);
  }

  write(path: string, content: string): void {
    writeFiles(join(this.#folder, "root"), { [path]: content });
  }

  read(path: string): string {
    return readFileSync(this.path(path), "utf8");
  }

  /** Whether there is something, a dangling link included. */
  has(path: string): boolean {
    return lstatSync(this.path(path), { throwIfNoEntry: false }) !== undefined;
  }

  remove(path: string): void {
    rmSync(this.path(path), { recursive: true });
  }

  /** The imitated commands that were run, a line each, in order. */
  get commands(): readonly string[] {
    const file = join(this.#folder, "state/commands");
    return existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
  }

  /** Changes what the imitated commands tell: `enabled/UNIT` and `packages/NAME` with its version. */
  setState(path: string, content: string | undefined): void {
    const file = join(this.#folder, "state", path);
    if (content === undefined) rmSync(file);
    else writeFileSync(file, content);
  }

  /** Runs a script of the build as root of the guest would. */
  run(script: string): ScriptRun {
    return this.runText(readFileSync(join(scriptsFolder, script), "utf8"));
  }

  /** Runs the text of a script, as it came to the guest. */
  runText(script: string): ScriptRun {
    const at = (name: string): string => join(this.#folder, name);
    writeFileSync(at("script.sh"), script);
    const { status, stdout, stderr } = spawnSync(at("bin/sh"), [at("script.sh")], {
      encoding: "utf8",
      env: { PATH: at("bin"), IMAGE_ROOT: at("root"), STATE: at("state"), BUILD_ACCOUNT: "ubuntu" },
    });
    return { exitCode: status, stdout, stderr };
  }

  dispose(): void {
    removeFolder(this.#folder);
  }
}

/** Where a tool is on the machine of the test. */
function pathOf(name: string): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`${name} is not on the PATH`);
  return found;
}
