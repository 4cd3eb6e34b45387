/**
 * The lab: what `make setup`, `make lab` and `make lab-down` do.
 *
 *     node --import tsx scripts/lab.ts build     builds what is missing or changed
 *     node --import tsx scripts/lab.ts up        starts a simulated vCenter in the background
 *     node --import tsx scripts/lab.ts down      stops it, and removes the stacks that describe it
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { main, runCommand, UserError } from "../commands/run";
import { commandPlugin, labBinaries, vspherePlugin } from "./lab/binaries";
import {
  joinEnvironments,
  labEnvironment,
  processEnvironment,
  randomPassword,
  shellEnvironment,
  usesOfficialEngine,
  type LabEnvironment,
} from "./lab/environment";
import { labFolders, labSources, repositoryRoot, type LabFolders } from "./lab/folders";
import { buildAll, goVersion } from "./lab/goBuild";
import {
  installDynamicLauncher,
  installEnginePlugin,
  installPackerPlugin,
  removeEarlierPacker,
  tidyHome,
} from "./lab/plugins";
import { Progress } from "./lab/progress";
import { SimulatedVCenter, type Ready } from "./lab/simulator";

/**
 * Lets the engine compare with vCenter while the program runs, and not before it: the same result, a fifth sooner
 * (docs/performance.md).
 */
const fasterPreviews: LabEnvironment = { path: [], set: { PULUMI_RUN_PROGRAM: "true" }, unset: [] };

const actions: Readonly<Record<string, (folders: LabFolders) => Promise<void>>> = {
  build,
  up,
  down,
};

main(async () => {
  const [name = ""] = process.argv.slice(2);
  const action = actions[name];
  if (action === undefined) {
    const known = Object.keys(actions).join(", ");
    throw new UserError(
      `scripts/lab.ts: found "${name}": there is no such action: use one of ${known}`,
    );
  }
  await action(labFolders());
});

async function build(folders: LabFolders): Promise<void> {
  const official = usesOfficialEngine();
  const progress = new Progress();
  removeEarlierPacker(folders);
  const workshop = { folders, sources: labSources, goVersion: await goVersion() };
  const built = await buildAll(labBinaries(official), workshop, progress);
  if (!official) {
    installDynamicLauncher(folders);
    for (const plugin of [vspherePlugin, commandPlugin]) await installEnginePlugin(plugin, folders);
    await installPackerPlugin(folders);
    tidyHome(folders);
  }
  if (built.length > 0) progress.line("The lab is built.");
}

async function up(folders: LabFolders): Promise<void> {
  const inventory = process.env["LAB_INVENTORY"];
  const vcenter = new SimulatedVCenter(folders, folders.run, { inventory });
  const already = vcenter.running();
  if (already === undefined) forgetEarlierLab(folders);
  mkdirSync(folders.run, { recursive: true, mode: 0o700 });
  const ready = already ?? (await vcenter.start());
  writeFileSync(join(folders.run, "vcenter.pid"), `${ready.processId}\n`);

  const choice = { folders, official: usesOfficialEngine() };
  const environment = labEnvironment(choice, folders, ready, clusterAccountPassword(folders));
  const shell = shellEnvironment(joinEnvironments(environment, fasterPreviews));
  rmSync(folders.environmentFile, { force: true });
  writeFileSync(folders.environmentFile, shell, { mode: 0o600 });
  await runCommand("pulumi", ["stack", "select", "dev", "--create", "--non-interactive"], {
    cwd: repositoryRoot,
    environment: processEnvironment(environment),
  });
  tell(ready, vcenter, already !== undefined);
}

/** Removes what a lab left behind that ended without `make lab-down`: its stacks describe a vCenter that is gone. */
function forgetEarlierLab(folders: LabFolders): void {
  if (existsSync(folders.state)) {
    console.log("An earlier lab has ended; the stacks that described its vCenter are removed.");
  }
  forget(folders);
}

function forget(folders: LabFolders): void {
  for (const path of [folders.state, folders.run, folders.environmentFile]) {
    rmSync(path, { recursive: true, force: true });
  }
}

/** Kept as long as the lab runs: a second `make lab` must not change what is in the cluster configurations. */
function clusterAccountPassword(folders: LabFolders): string {
  const file = join(folders.run, "cluster-account-password");
  if (!existsSync(file)) writeFileSync(file, randomPassword(), { mode: 0o600 });
  return readFileSync(file, "utf8");
}

function tell(ready: Ready, vcenter: SimulatedVCenter, already: boolean): void {
  const log = relative(repositoryRoot, vcenter.logFile);
  console.log(`The simulated vCenter ${already ? "was already running" : "is running"} (process ${ready.processId}, log ${log}).

  vCenter   ${ready.url}   ${ready.user}
  control   ${ready.control}   (see lab/vcenter/README.md)

  . .lab/env             points pulumi, govc and packer of this shell at it, with an empty stack "dev"
  pulumi up              prepares it for Deckhouse, as Pulumi.dev.yaml says
  govc find / -type s    looks at it, here at its datastores
  make lab-down          stops it and removes its stacks`);
}

async function down(folders: LabFolders): Promise<void> {
  const stopped = await new SimulatedVCenter(folders, folders.run).stop();
  const hadState = existsSync(folders.state);
  forget(folders);
  console.log(
    stopped === undefined
      ? "No lab is running."
      : `The simulated vCenter (process ${stopped}) has stopped.`,
  );
  if (hadState) {
    console.log("The stacks in .lab/state are removed: what they described is gone with it.");
  }
}
