import { isDeepStrictEqual } from "node:util";

import { changeTexts } from "../../findings/change";
import type { Finding } from "../../findings/finding";
import { relativePath, resourcePoolPath, type TemplatePlace } from "../../template/request";
import { machineInPlaceOfTemplate, unmetRequirements } from "../../template/requirements";
import { git, packer, toolFaults } from "../../template/tools";
import { networkKinds, type ObjectKind } from "../../vcenter";
import {
  SessionProvider,
  type Bag,
  type CheckResult,
  type CreateResult,
  type DiffResult,
  type DynamicProvider,
  type ReadResult,
} from "../dynamic/dynamicProvider";
import { tell } from "../dynamic/errors";
import { lookUp, objectFinding } from "../dynamic/findObject";
import type { LiveView } from "../dynamic/liveView";
import { otherTemplate } from "./otherTemplate";
import type {
  LookedUpTemplate,
  Making,
  TemplateLookupInputs,
  TemplateLookupOutputs,
} from "./templateImage";

type Inputs = TemplateLookupInputs;
type Outputs = TemplateLookupOutputs;

/**
 * Looks at a template, and changes nothing in vCenter. A Command, which makes templates, never looks at vCenter before
 * it runs: this resource tells a preview what really exists, and has the Command run again when the template is gone.
 */
export class TemplateLookupProvider
  extends SessionProvider
  implements DynamicProvider<Inputs, Outputs>
{
  protected readonly topic = "template-build";

  /** Says also, where nothing is wrong, that nodes are cloned from another template from now on. */
  async check(olds: Partial<Inputs>, news: Inputs): Promise<CheckResult<Inputs>> {
    const result = await this.checked<Inputs>(
      async () => ({
        inputs: news,
        findings: await this.session.read((live) => checkTemplate(live, news)),
      }),
      news,
    );
    if (result.failures.length === 0) tell(...replacementTexts(olds, news));
    return result;
  }

  async diff(_id: string, olds: Bag<Outputs>, news: Bag<Inputs>): Promise<DiffResult> {
    if (olds.__provider !== news.__provider || !isDeepStrictEqual(keptOf(olds), keptOf(news))) {
      return { changes: true };
    }
    // A template that nobody can look for is not missing.
    const missing = await this.inWords(() =>
      this.session.ifReachable(async (live) =>
        (await exists(live, news)) ? undefined : (await live.inventory()).realPath(news.path),
      ),
    );
    if (missing === undefined) return { changes: false };
    tell(`${missing}: the template is not in vCenter: it has to be made`);
    return { changes: true };
  }

  create(inputs: Inputs): Promise<CreateResult<Outputs>> {
    return Promise.resolve({ id: inputs.path, outs: { ...keptOf(inputs), rebuilds: 0 } });
  }

  async update(_id: string, olds: Outputs, news: Inputs): Promise<{ readonly outs: Outputs }> {
    const isThere = await this.#read((live) => exists(live, news));
    return { outs: { ...keptOf(news), rebuilds: olds.rebuilds + (isThere ? 0 : 1) } };
  }

  /** Reports the state unchanged: `diff` says what is missing. */
  read(id: string, properties: Outputs): Promise<ReadResult<Inputs, Outputs>> {
    return Promise.resolve({ id, props: properties });
  }

  /** There is nothing to undo. */
  delete(): Promise<void> {
    return Promise.resolve();
  }

  #read<T>(look: (live: LiveView) => Promise<T>): Promise<T> {
    return this.inWords(() => this.session.read(look));
  }
}

async function exists(live: LiveView, { path }: Inputs): Promise<boolean> {
  return (await live.virtualMachine(path)) !== undefined;
}

/** What of the inputs the state holds, without what the engine and the state add. */
function keptOf({ path, smallestRootDisk, making }: LookedUpTemplate): LookedUpTemplate {
  return { path, smallestRootDisk, ...(making === undefined ? {} : { making }) };
}

/** What another template than at the last `up` means for a running cluster; nothing before the first. */
function replacementTexts({ path: former }: Partial<Inputs>, { path, region }: Inputs): string[] {
  if (former === undefined || former === path) return [];
  const { name, datacenter } = region;
  return changeTexts(
    otherTemplate(name, relativePath(datacenter, former), relativePath(datacenter, path)),
  );
}

/**
 * Everything that prevents using a template, or making it when it does not exist, found at preview. Nothing is asked of
 * this machine when the template exists: then nothing is built.
 */
async function checkTemplate(
  live: LiveView,
  { path, smallestRootDisk, making }: Inputs,
): Promise<Finding[]> {
  const machine = await live.virtualMachine(path);
  if (machine === undefined && making !== undefined) {
    return [
      ...(await missingPlaces(live, making.place)),
      ...(await unknownToPacker(live, making)),
      ...(await toolFaults([git, packer].filter(({ name }) => making.tools.includes(name)))),
    ];
  }
  if (machine === undefined) {
    return [
      objectFinding(
        (await live.inventory()).realPath(path),
        "no such template in vCenter, or this account cannot see it",
        "correct templateImage.existing, or let templateImage build one (builtin)",
      ),
    ];
  }
  const faultsAt = (where: string): Finding[] =>
    making !== undefined && !machine.isTemplate
      ? [machineInPlaceOfTemplate(where)]
      : unmetRequirements(where, machine, smallestRootDisk || undefined);
  // A template without faults costs no look at the inventory.
  return faultsAt(path).length === 0 ? [] : faultsAt((await live.inventory()).realPath(path));
}

/** What the place names and vCenter does not have. */
async function missingPlaces(live: LiveView, place: TemplatePlace): Promise<Finding[]> {
  const inventory = await live.inventory();
  const listed: readonly (readonly [path: string, kinds: readonly ObjectKind[]])[] = [
    [place.datacenter, ["datacenter"]],
    [place.cluster, ["cluster", "standalone host"]],
    [place.datastore, ["datastore"]],
    [place.folder, ["folder"]],
    [place.network, networkKinds],
  ];
  const missing = listed.flatMap(([path, kinds]) => {
    const found = lookUp(inventory, path, kinds);
    return "fault" in found ? [found.fault] : [];
  });
  if (missing.length > 0) return missing;
  const others: readonly (readonly [path: string, kind: ObjectKind])[] = [
    ...(place.resourcePool === "" ? [] : [[resourcePoolPath(place), "resource pool"] as const]),
    ...(place.host === undefined ? [] : [[`${place.cluster}/${place.host}`, "host"] as const]),
  ];
  const found = await Promise.all(others.map(([path, kind]) => live.object(path, kind)));
  return others
    .filter((_, index) => found[index] === undefined)
    .map(([path, kind]) =>
      objectFinding(
        inventory.realPath(path),
        `no such ${kind} in vCenter, or this account cannot see it`,
        "correct templateImage.places",
      ),
    );
}

/**
 * Packer's plugin looks for folders only below `vm` of the datacenter.
 *
 * Source: hashicorp/packer-plugin-vsphere `builder/vsphere/driver/folder.go` (FindFolder).
 */
async function unknownToPacker(live: LiveView, { place, tools }: Making): Promise<Finding[]> {
  const folder = (await live.inventory()).folderPath(place.datacenter, "vm");
  if (!tools.includes(packer.name) || folder === `${place.datacenter}/vm`) return [];
  return [
    objectFinding(
      folder,
      "Packer's vSphere plugin cannot build in a datacenter whose folder for virtual machines is not called vm",
      "build in another region and have the template copied here (templateImage.distribution: copy, with that region " +
        "first), or name an existing template (templateImage.existing)",
    ),
  ];
}
