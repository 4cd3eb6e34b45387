import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processEnvironment } from "../lab/environment";
import { labFolders } from "../lab/folders";
import { labEnvironment, randomPassword } from "../lab/labEnvironment";
import { linkProject } from "../lab/linkedProject";
import { usesOfficialEngine } from "../lab/official";
import { SimulatedVCenter, type Ready } from "../lab/simulatedVCenter";
import { Engine } from "./engine";

/** A simulated vCenter, a project and a state of their own, which leave nothing behind. */
export class Stage {
  readonly #folder = mkdtempSync(join(tmpdir(), "deckhouse-vsphere-demo-"));
  readonly #vcenter: SimulatedVCenter;
  readonly clusterAccountPassword = randomPassword();
  #engine: Engine | undefined;
  #struck: Promise<void> | undefined;

  constructor() {
    this.#vcenter = new SimulatedVCenter(labFolders(), this.#folder, process.env["LAB_INVENTORY"]);
  }

  /** Starts the vCenter and makes the project with an empty stack. */
  async set(): Promise<{ readonly ready: Ready; readonly engine: Engine }> {
    const ready = await this.#vcenter.start();
    const choice = { folders: labFolders(), official: usesOfficialEngine() };
    const places = { run: this.#folder, state: join(this.#folder, "state") };
    const environment = labEnvironment(choice, places, ready, this.clusterAccountPassword);
    const project = join(this.#folder, "project");
    linkProject(project);
    // For what an interrupted engine leaves behind.
    const temporary = join(this.#folder, "temporary");
    mkdirSync(temporary);
    const engine = new Engine(project, { ...processEnvironment(environment), TMPDIR: temporary });
    this.#engine = engine;
    await engine.run("stack", "init", "dev", "--no-select");
    return { ready, engine };
  }

  /** Stops everything and removes all files. May be called more than once, and at any time. */
  async strike(): Promise<void> {
    this.#struck ??= (async () => {
      await this.#engine?.interrupt();
      await this.#vcenter.stop();
      rmSync(this.#folder, { recursive: true, force: true });
    })();
    return this.#struck;
  }
}
