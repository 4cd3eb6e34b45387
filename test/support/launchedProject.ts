import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const repository = join(__dirname, "../..");

/** How a process ended. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The smallest project that launch/ can compile, in a temporary folder: the same files, with two lines of sources. */
export class LaunchedProject {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<LaunchedProject> {
    const project = new LaunchedProject(await mkdtemp(join(tmpdir(), "launch-")));
    await cp(join(repository, "launch"), join(project.folder, "launch"), { recursive: true });
    await symlink(join(repository, "node_modules"), join(project.folder, "node_modules"));
    const compilerOptions = {
      ...{ target: "es2022", lib: ["es5"], module: "node16", moduleResolution: "node16" },
      ...{ types: [], strict: true, skipLibCheck: true },
    };
    await project.write("package.json", "{}");
    await project.writeJson("tsconfig.json", {
      compilerOptions: { ...compilerOptions, rootDir: ".", outDir: ".compiled" },
      include: ["index.ts", "components", "absent"],
    });
    await project.write("index.ts", 'export const text: string = "first";\n');
    await project.write(
      "components/providers.ts",
      [
        "declare const console: { error(...values: unknown[]): void };",
        "export const dynamicProvider = (name: string) => ({ name, fail: console.error });",
        "",
      ].join("\n"),
    );
    await project.write("sdks/vsphere/package.json", '{"version": "1.0.0"}');
    await project.writeJson("sdks/vsphere/tsconfig.json", {
      compilerOptions: { ...compilerOptions, rootDir: "." },
      files: ["index.ts"],
    });
    await project.write("sdks/vsphere/index.ts", "export const version: number = 1;\n");
    return project;
  }

  /** Writes a file, in a folder that is made if need be. */
  async write(path: string, text: string): Promise<void> {
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  async writeJson(path: string, value: unknown): Promise<void> {
    await this.write(path, JSON.stringify(value));
  }

  async read(path: string): Promise<string> {
    return readFile(join(this.folder, path), "utf8");
  }

  /** The names in a folder; none when it is not there. */
  async list(path: string): Promise<string[]> {
    return (await readdir(join(this.folder, path)).catch(() => [])).sort();
  }

  /** Runs Node in the project's folder. */
  async node(...parameters: readonly string[]): Promise<Outcome> {
    const child = spawn(process.execPath, parameters, {
      cwd: this.folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    return { status, stdout, stderr };
  }

  /** What `npm ci` runs. */
  compile(): Promise<Outcome> {
    return this.node("launch/compile.js");
  }

  /** What the engine starts: loads the program and prints what it exports. */
  run(): Promise<Outcome> {
    return this.node("-p", 'require("./launch/index.js").text');
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
