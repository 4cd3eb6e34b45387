import { copyFileSync, mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

/** The root of this repository. */
export const repositoryRoot = resolve(__dirname, "../..");

/** Where the Go modules of the lab are. */
export const labSources = join(repositoryRoot, "lab");

/** Everything that the lab makes, below one folder that git ignores. */
export interface LabFolders {
  readonly root: string;
  /** The simulated vCenter and `govc`, which are used with an official engine too. */
  readonly bin: string;
  /** The engine with what it looks for beside itself: the language host and the launcher of dynamic resources. */
  readonly engine: string;
  /** PULUMI_HOME: installed plugins, and which stack is selected. */
  readonly pulumiHome: string;
  /** What Packer would otherwise keep in the user's home: its plugins, settings and downloads. */
  readonly packer: string;
  /** Packer itself, alone: on the PATH it must not stand in front of an official one. */
  readonly packerBin: string;
  /** Packer's installed plugins. */
  readonly packerPlugins: string;
  /** Binaries that are only used to make something else. */
  readonly build: string;
  /** What each binary was built from. */
  readonly stamps: string;
  /** The running lab: process id, log, keys. */
  readonly run: string;
  /** The stacks that describe the running lab. */
  readonly state: string;
  /** Variables for a shell in which `pulumi` and `govc` work on the running lab. */
  readonly environmentFile: string;
}

/** The lab's folders below `root`, which is `.lab` in the repository unless a test says otherwise. */
export function labFolders(root = join(repositoryRoot, ".lab")): LabFolders {
  return {
    root,
    bin: join(root, "bin"),
    engine: join(root, "pulumi"),
    pulumiHome: join(root, "pulumi-home"),
    packer: join(root, "packer"),
    packerBin: join(root, "packer", "bin"),
    packerPlugins: join(root, "packer", "plugins"),
    build: join(root, "build"),
    stamps: join(root, "stamps"),
    run: join(root, "run"),
    state: join(root, "state"),
    environmentFile: join(root, "env"),
  };
}

/** What the engine needs to find beside Pulumi.yaml to run the repository's program. */
const linked = ["Pulumi.yaml", "package.json", "launch", "node_modules"];

/**
 * Makes a Pulumi project in a folder of its own that runs the program of this repository: commands that write to the
 * stack's configuration file, and the choice of a stack, then leave the repository as it is.
 *
 * @param folder is made
 * @param configuration the file to copy as Pulumi.<stack>.yaml
 */
export function linkProject(
  folder: string,
  stack = "dev",
  configuration = join(repositoryRoot, "Pulumi.dev.yaml"),
): void {
  mkdirSync(folder, { recursive: true });
  for (const name of linked) symlinkSync(join(repositoryRoot, name), join(folder, name));
  copyFileSync(configuration, join(folder, `Pulumi.${stack}.yaml`));
}
