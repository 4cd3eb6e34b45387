import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../commands/run";
import { engineEnvironment, processEnvironment, usesOfficialEngine } from "../lab/environment";
import { labFolders, repositoryRoot } from "../lab/folders";

/**
 * The shortest preview that there can be: an empty program, compiled, without a provider. Whatever takes longer in the
 * program's own preview is the program's doing, or that of the providers it needs.
 */
export class Floor {
  readonly #directory = mkdtempSync(join(tmpdir(), "deckhouse-vsphere-floor-"));
  readonly #environment: NodeJS.ProcessEnv;

  constructor() {
    const state = join(this.#directory, "state");
    mkdirSync(state);
    writeFileSync(
      join(this.#directory, "Pulumi.yaml"),
      "name: floor\nmain: index.js\nruntime: {name: nodejs, options: {typescript: false}}\n",
    );
    writeFileSync(join(this.#directory, "package.json"), '{"name": "floor"}\n');
    writeFileSync(join(this.#directory, "index.js"), 'require("@pulumi/pulumi");\n');
    symlinkSync(join(repositoryRoot, "node_modules"), join(this.#directory, "node_modules"));
    this.#environment = processEnvironment(
      engineEnvironment({ folders: labFolders(), official: usesOfficialEngine() }, state),
    );
  }

  /** Makes the stack; a first preview would pay for it otherwise. */
  async prepare(): Promise<void> {
    await this.#pulumi("stack", "init", "floor");
    await this.#pulumi("up", "--yes", "--skip-preview");
  }

  /** Runs one preview. */
  async preview(): Promise<void> {
    await this.#pulumi("preview", "--non-interactive");
  }

  /** Removes the stack. */
  dispose(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #pulumi(...args: string[]): Promise<void> {
    await runCommand("pulumi", args, { cwd: this.#directory, environment: this.#environment });
  }
}
