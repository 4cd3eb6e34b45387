import type { CloneTarget } from "./cloneSpec";
import { cloneTemplate } from "./cloning";
import { isObjectGone, isVCenterError, type CallDescription } from "./errors";
import { readNeighbours, readProperties } from "./propertyReader";
import { objectKey, propertiesOf, type ManagedObjectReference } from "./references";
import { realPath } from "./realPath";
import { readReference, type SoapLink } from "./soap";
import { runTask, type TaskOptions } from "./tasks";
import {
  readSummary,
  summaryPaths,
  type VirtualMachine,
  type VirtualMachineSummary,
} from "./virtualMachineAnswers";
import { readMachine, readPower } from "./virtualMachineReader";
import { spellingsOf } from "../findings/text";

type Remedies = NonNullable<CallDescription["remedies"]>;

const renameRemedies: Remedies = {
  noPermission: "grant the account VirtualMachine.Config.Rename on the machine",
  alreadyExists: "choose another name; what has this one may be in use",
};

const powerOffRemedies: Remedies = {
  noPermission: "grant the account VirtualMachine.Interact.PowerOff on the machine",
};

const destroyRemedies: Remedies = {
  noPermission:
    "grant the account VirtualMachine.Inventory.Delete on the machine and on its folder",
  resourceInUse: "wait until vCenter has ended other work on the machine, and run again",
};

/**
 * Virtual machines and templates. Whatever changes them is a task of vCenter; each method waits for its end.
 * Every method throws VCenterError.
 */
export class VirtualMachines {
  readonly #open: () => SoapLink;

  constructor(open: () => SoapLink) {
    this.#open = open;
  }

  /**
   * The object of one of some types at an inventory path, in one call; also hosts, pools and machines, which the
   * inventory does not list. What the account may not see is not found. Where nothing is at exactly this path, the paths
   * that look the same are tried (NFC and NFD), one call each.
   *
   * vCenter names one object of a path. When it is of another type, the wanted one is looked for beside it: a machine
   * may have the name of a folder.
   * @param types as vCenter calls them: `VirtualMachine`
   */
  async find(path: string, types: readonly string[]): Promise<ManagedObjectReference | undefined> {
    const found = await this.findAny(path);
    return found === undefined || types.includes(found.type) ? found : this.#beside(path, types);
  }

  /** What vCenter finds first at a path, whatever it is. For messages: to use an object, say what it has to be. */
  async findAny(path: string): Promise<ManagedObjectReference | undefined> {
    const link = this.#open();
    const { searchIndex } = await link.serviceContent();
    for (const inventoryPath of spellingsOf(path)) {
      const [found] = await link.call({
        operation: "find an object",
        object: path,
        method: "FindByInventoryPath",
        target: searchIndex,
        parameters: { inventoryPath },
      });
      if (found) return readReference(found);
    }
    return undefined;
  }

  /**
   * A path with the real name of the datacenter's folder, where it names that by what it holds: what
   * {@link Inventory.realPath} gives, without reading the inventory. Two calls; three when the name is another.
   */
  async realPath(path: string): Promise<string> {
    return realPath(this.#open(), (part) => this.findAny(part), path);
  }

  /** The object of one of some types in the folder that a path leads through. */
  async #beside(
    path: string,
    types: readonly string[],
  ): Promise<ManagedObjectReference | undefined> {
    const slash = path.lastIndexOf("/");
    const folder = slash > 0 ? await this.find(path.slice(0, slash), ["Folder"]) : undefined;
    if (folder === undefined) return undefined;
    for (const type of types) {
      const objects = await readNeighbours(
        this.#open(),
        { operation: "find an object", object: path },
        folder,
        { path: "childEntity", type },
        ["name"],
      );
      for (const object of objects) {
        const reference = object.child("obj");
        const named = propertiesOf(object).get("name")?.text === path.slice(slash + 1);
        const found = reference && named ? readReference(reference) : undefined;
        if (found?.type === type) return found;
      }
    }
    return undefined;
  }

  /** The machine or template; undefined when it is gone. */
  async read(reference: ManagedObjectReference): Promise<VirtualMachine | undefined> {
    return readMachine(this.#open(), reference);
  }

  /** The machines and templates directly in a folder, in one call however many there are. */
  async inFolder(folder: ManagedObjectReference): Promise<VirtualMachineSummary[]> {
    const objects = await readNeighbours(
      this.#open(),
      { operation: "list the virtual machines", object: objectKey(folder) },
      folder,
      { path: "childEntity", type: "VirtualMachine" },
      summaryPaths,
    );
    return objects.flatMap((object) => {
      const reference = object.child("obj");
      return reference ? [readSummary(readReference(reference), propertiesOf(object))] : [];
    });
  }

  /**
   * Renames a machine or template. After a lost answer it is done when the machine has the new name.
   * @param name as stored: `/ \ %` must be `%2f %5c %25`
   */
  async rename(reference: ManagedObjectReference, name: string): Promise<void> {
    const link = this.#open();
    const description: CallDescription = {
      operation: "rename a virtual machine",
      object: `${objectKey(reference)} to ${name}`,
      remedies: renameRemedies,
    };
    await runTask(link, {
      ...description,
      method: "Rename_Task",
      target: reference,
      parameters: { newName: name },
      result: () => true,
      effect: async () => {
        const properties = await readProperties(link, description, reference, ["name"]);
        return properties.get("name")?.text === name || undefined;
      },
    });
  }

  /**
   * Removes a machine or template with its disks, after switching it off without asking the guest. One that
   * is gone already is no error, and that is how a lost answer is judged as well.
   */
  async destroy(reference: ManagedObjectReference): Promise<void> {
    const link = this.#open();
    const description: CallDescription = {
      operation: "remove a virtual machine",
      object: objectKey(reference),
      remedies: destroyRemedies,
    };
    try {
      if (await readPower(link, reference)) await powerOff(link, reference);
      await runTask(link, {
        ...description,
        method: "Destroy_Task",
        target: reference,
        parameters: {},
        result: () => true,
        effect: async () => (await readMachine(link, reference)) === undefined || undefined,
      });
    } catch (error) {
      if (!isObjectGone(error)) throw error;
    }
  }

  /**
   * Copies a template, or a machine that is switched off, to a new template. The network of the first
   * adapter becomes the target's. An existing object of that name is an error before anything is started;
   * after a lost answer the template of that name in the folder is therefore the one that was made.
   * @returns the new template
   */
  async clone(
    source: ManagedObjectReference,
    target: CloneTarget,
    options: TaskOptions = {},
  ): Promise<ManagedObjectReference> {
    return cloneTemplate(this.#open(), source, target, options);
  }
}

/** Ends well also when the guest has switched itself off meanwhile. */
async function powerOff(link: SoapLink, reference: ManagedObjectReference): Promise<void> {
  const isOff = async (): Promise<true | undefined> =>
    (await readPower(link, reference)) ? undefined : true;
  try {
    await runTask(link, {
      operation: "switch off a virtual machine",
      object: objectKey(reference),
      remedies: powerOffRemedies,
      method: "PowerOffVM_Task",
      target: reference,
      parameters: {},
      result: () => true,
      effect: isOff,
    });
  } catch (error) {
    if (!isVCenterError(error, "resourceInUse") || !(await isOff())) throw error;
  }
}
