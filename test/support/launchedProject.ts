import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/lab/folders";
import { runProgram } from "./processes";
import { removeFolder, temporaryFolder, writeFiles } from "./temporaryFolder";

/** How a process ended. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const compilerOptions = {
  target: "es2022",
  lib: ["es5"],
  module: "node16",
  moduleResolution: "node16",
  types: [],
  strict: true,
  skipLibCheck: true,
  rootDir: ".",
};

const sources = {
  "package.json": "{}",
  "tsconfig.json": JSON.stringify({
    compilerOptions: { ...compilerOptions, outDir: ".compiled" },
    include: ["index.ts", "components", "absent"],
  }),
  "index.ts": 'export const text: string = "first";\n',
  "components/providers.ts": "export const dynamicProvider = (name: string) => ({ name });\n",
  "sdks/vsphere/package.json": '{"version": "1.0.0"}',
  "sdks/vsphere/tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }),
  "sdks/vsphere/index.ts": "export const version: number = 1;\n",
};

/** The smallest project that launch/ can compile, in a temporary folder: the same files, with two lines of sources. */
export class LaunchedProject {
  readonly folder = temporaryFolder();

  constructor() {
    cpSync(join(repositoryRoot, "launch"), join(this.folder, "launch"), { recursive: true });
    symlinkSync(join(repositoryRoot, "node_modules"), join(this.folder, "node_modules"));
    writeFiles(this.folder, sources);
  }

  /** Writes a file, in a folder that is made if need be. */
  write(path: string, text: string): void {
    writeFiles(this.folder, { [path]: text });
  }

  /** The text of a file; nothing when it is not there. */
  read(path: string): string | undefined {
    const file = join(this.folder, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  /** The names in a folder; none when it is not there. */
  list(path: string): string[] {
    const folder = join(this.folder, path);
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  }

  /** The folders of compiled code, also unfinished ones; the link to the types is none. */
  builds(): string[] {
    return this.list(".compiled").filter((name) => name !== "types");
  }

  /** Removes a file or a folder. */
  delete(path: string): void {
    removeFolder(join(this.folder, path));
  }

  /** Runs Node in the project's folder. */
  async node(...parameters: readonly string[]): Promise<Outcome> {
    const run = await runProgram(process.execPath, parameters, { folder: this.folder });
    return { status: run.exitCode, stdout: run.stdout, stderr: run.stderr };
  }

  /** What `npm ci` runs. */
  compile(): Promise<Outcome> {
    return this.node("launch/compile.js");
  }

  /** What the engine starts: loads the program and prints what it exports. */
  run(): Promise<Outcome> {
    return this.node("-p", 'require("./launch/index.js").text');
  }

  /** Removes everything. */
  remove(): void {
    removeFolder(this.folder);
  }
}
