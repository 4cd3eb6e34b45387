/** Starts the lab: a simulated vCenter in the background, a shell environment for it, and an empty stack `dev`. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import {
  joinEnvironments,
  processEnvironment,
  shellEnvironment,
  type LabEnvironment,
} from "./environment";
import { labFolders, repositoryRoot, type LabFolders } from "./folders";
import { labEnvironment, randomPassword } from "./labEnvironment";
import { main } from "../../commands/main";
import { usesOfficialEngine } from "./official";
import { runCommand } from "../../commands/runCommand";
import { SimulatedVCenter, type Ready } from "./simulatedVCenter";

/**
 * Lets the engine compare with vCenter while the program runs, and not before it: the same result, a fifth sooner
 * (docs/performance.md).
 */
const fasterPreviews: LabEnvironment = { path: [], set: { PULUMI_RUN_PROGRAM: "true" }, unset: [] };

main(async () => {
  const folders = labFolders();
  const vcenter = new SimulatedVCenter(folders, folders.run, process.env["LAB_INVENTORY"]);
  const already = vcenter.running();
  if (already === undefined) forgetEarlierLab(folders);
  mkdirSync(folders.run, { recursive: true, mode: 0o700 });
  const ready = already ?? (await vcenter.start());
  writeFileSync(join(folders.run, "vcenter.pid"), `${ready.processId}\n`);

  const choice = { folders, official: usesOfficialEngine() };
  const environment = labEnvironment(choice, folders, ready, clusterAccountPassword(folders));
  rmSync(folders.environmentFile, { force: true });
  writeFileSync(
    folders.environmentFile,
    shellEnvironment(joinEnvironments(environment, fasterPreviews)),
    { mode: 0o600 },
  );
  await selectStack(environment);
  tell(ready, vcenter, already !== undefined);
});

/** What a lab left that ended without `make lab-down`: its stacks describe a vCenter that does not exist any more. */
function forgetEarlierLab(folders: LabFolders): void {
  if (existsSync(folders.state)) {
    console.log("The lab of before has ended; the stacks that described its vCenter are removed.");
  }
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

async function selectStack(environment: LabEnvironment): Promise<void> {
  await runCommand("pulumi", ["stack", "select", "dev", "--create", "--non-interactive"], {
    cwd: repositoryRoot,
    environment: processEnvironment(environment),
  });
}

function tell(ready: Ready, vcenter: SimulatedVCenter, already: boolean): void {
  const log = relative(repositoryRoot, vcenter.logFile);
  console.log(`The simulated vCenter ${already ? "was running already" : "is running"} (process ${ready.processId}, log ${log}).

  vCenter   ${ready.url}   ${ready.user}
  control   ${ready.control}   (see lab/vcenter/README.md)

  . .lab/env             pulumi, govc and packer of this shell work on it, with an empty stack "dev"
  pulumi up              prepare it as Pulumi.dev.yaml says
  govc find / -type s    look at it, here at its datastores
  make lab-down          stop it, and forget what was made in it`);
}
