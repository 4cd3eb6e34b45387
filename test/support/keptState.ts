import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { Simulator } from "../../scripts/lab/simulator";
import type { Change } from "../../scripts/lab/simulatorControl";
import { TestStack } from "../../scripts/lab/stack";
import { repositoryRoot } from "../../scripts/lab/folders";
import { objectKey, withVCenter } from "../../vcenter";
import { govcExample, runGovc } from "./govcExample";
import { ownMachines, templateConfiguration } from "./templateStack";

const file = join(repositoryRoot, "test", "fixtures", "states", "0.1.0.json");

/** What an exported state says of a resource, as far as tests look at it. */
interface KeptResource {
  readonly type: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** What `pulumi stack export` writes and `pulumi stack import` reads. */
export interface ExportedState {
  readonly version: number;
  readonly deployment: {
    readonly manifest: Readonly<Record<string, unknown>>;
    readonly resources: readonly KeptResource[];
  };
}

/** A stack as an earlier version of the program left it. */
export interface KeptState {
  /** The version of the program. */
  readonly version: string;
  /** The stack configuration that it was made with, keys without a namespace. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** Has placeholders for what differs in each vCenter: the names of {@link identifiers} in double braces. */
  readonly state: ExportedState;
}

/** The kept state, a copy to change. */
export function keptState(): KeptState {
  return JSON.parse(readFileSync(file, "utf8")) as KeptState;
}

/**
 * The text of the kept state, as `pulumi stack import` reads it for a vCenter that has the objects of the state.
 *
 * @throws Error when that vCenter lacks one
 */
export async function inVCenter({ state }: KeptState, simulator: Simulator): Promise<string> {
  const known = await identifiers(simulator);
  return JSON.stringify(state).replace(/\{\{([^{}"]+)\}\}/g, (_, name: string) => {
    const identifier = known.get(name);
    if (identifier === undefined) throw new Error(`the simulated vCenter has no ${name}`);
    return identifier;
  });
}

/**
 * Makes the objects that the kept state is about, by govc and the simulator, without the program: the example's tags,
 * role and permissions, and a template at each path that the state has one at.
 */
export async function makeKeptObjects(
  { state }: KeptState,
  stack: TestStack,
  { control }: Simulator,
): Promise<void> {
  const objectTypes = { "k8s-region": "Datacenter", "k8s-zone": "ClusterComputeResource" };
  await runGovc(
    stack,
    govcExample().map(([command = "", ...rest]) => {
      const type = objectTypes[rest.at(-1) as keyof typeof objectTypes];
      return command === "tags.category.create"
        ? [command, "-t", type, "-t", "Datastore", ...rest]
        : [command, ...rest];
    }),
  );
  const templates = state.deployment.resources
    .filter(({ type }) => type.endsWith(":TemplateLookup"))
    .map(({ inputs }) => String(inputs?.["path"]));
  await control.change(
    ...templates.map((path): Change => {
      const datacenter = path.split("/")[1]?.toLowerCase() ?? "";
      return {
        operation: "createVirtualMachine",
        path: path.slice(0, path.lastIndexOf("/")),
        name: path.slice(path.lastIndexOf("/") + 1),
        cluster: `${datacenter}_cluster_prod`,
        datastore: `${datacenter}_root`,
        network: "k8s-nodes",
        diskGigabytes: [20],
        template: true,
      };
    }),
  );
}

/**
 * Makes the stack in a simulated vCenter with the program as it is now, and replaces the fixture by its state. What
 * belongs to this machine or this run is left out: positions in the sources, times, the salt of the passphrase, and the
 * documents, the only outputs with a secret.
 */
export async function keepState(): Promise<void> {
  const simulator = await Simulator.start();
  try {
    const { version } = JSON.parse(readFileSync(join(repositoryRoot, "package.json"), "utf8")) as {
      version: string;
    };
    const { builtin: _builtin, ...templateImage } = templateConfiguration().templateImage ?? {};
    const configuration = {
      ...templateConfiguration({}, 2),
      // One category belongs to the stack and one exists already, so that the state has every type of resource.
      categories: { zone: { existing: true } },
      // A Packer folder that does not change: a new version of the built-in one rightly makes another template.
      templateImage: {
        ...templateImage,
        directory: {
          path: "test/fixtures/packer/old-folder",
          name: "kept-ubuntu",
          variableFiles: ["22.04.pkrvars.hcl"],
        },
        oldTemplates: "remove",
      },
    };
    await simulator.control.change({
      operation: "createCategory",
      category: "k8s-zone",
      description: "Kubernetes zone",
      cardinality: "SINGLE",
      associableTypes: ["ClusterComputeResource", "Datastore"],
    });
    const stack = await TestStack.create(simulator, { configuration });
    try {
      await stack.up();
      const state = withoutThisRun(JSON.parse(await stack.exportState()) as ExportedState);
      const kept: KeptState = { version, configuration, state };
      const text = withPlaceholders(JSON.stringify(kept), await identifiers(simulator));
      writeFileSync(file, await format(text, { parser: "json", printWidth: 100 }));
    } finally {
      stack.dispose();
    }
  } finally {
    await simulator.stop();
  }
}

/** The address of a simulated vCenter and the identifiers that it gave its objects, by kind and name. */
async function identifiers(simulator: Simulator): Promise<ReadonlyMap<string, string>> {
  const { connection, control } = simulator;
  return withVCenter(connection, {}, async (vCenter) => {
    const known = new Map([
      ["server", connection.server],
      ["instanceUuid", (await vCenter.about()).instanceUuid],
    ]);
    for (const category of await vCenter.tagging.categories()) {
      known.set(`category ${category.name}`, category.id);
      for (const tag of await vCenter.tagging.tags(category.id)) {
        known.set(`tag ${category.name}/${tag.name}`, tag.id);
      }
    }
    const role = await vCenter.authorization.findRole("kubernetes");
    if (role !== undefined) known.set("role kubernetes", String(role.id));
    const inventory = await vCenter.inventory.read();
    for (const type of ["Datacenter", "ClusterComputeResource", "Datastore"]) {
      for (const object of inventory.all(type)) {
        known.set(`${type} ${object.path}`, objectKey(object));
      }
    }
    for (const { path } of await ownMachines(control)) {
      const machine = await vCenter.virtualMachines.find(path, ["VirtualMachine"]);
      if (machine !== undefined) known.set(`VirtualMachine ${path}`, objectKey(machine));
    }
    return known;
  });
}

function withPlaceholders(text: string, known: ReadonlyMap<string, string>): string {
  const names = new Map([...known].map(([name, identifier]) => [identifier, name]));
  const listed = [...names.keys()].map((one) => one.replaceAll(".", "\\.")).join("|");
  return text.replace(
    new RegExp(`(?<![\\w-])(?:${listed})(?![\\w-])`, "g"),
    (identifier) => `{{${names.get(identifier) ?? ""}}}`,
  );
}

function withoutThisRun({ version, deployment }: ExportedState): ExportedState {
  const left = new Set(["sourcePosition", "stackTrace", "created", "modified"]);
  const secret = new Set(["documents", "documentFiles", "files"]);
  const without = <T extends object>(from: T, keys: ReadonlySet<string>): T =>
    Object.fromEntries(Object.entries(from).filter(([key]) => !keys.has(key))) as T;
  return {
    version,
    deployment: {
      manifest: { ...deployment.manifest, time: "0001-01-01T00:00:00Z" },
      resources: deployment.resources.map((resource) => {
        const { outputs, ...rest } = without(resource, left);
        return outputs === undefined ? rest : { ...rest, outputs: without(outputs, secret) };
      }),
    },
  };
}
