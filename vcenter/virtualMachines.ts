import { cloneTemplate, type CloneTarget } from "./cloning";
import { isObjectGone, isVCenterError, type CallDescription } from "./errors";
import { find, findAny, realPath } from "./inventoryReader";
import { objectKey, type ManagedObjectReference } from "./objects";
import { readNeighbours, readProperties, type SoapLink } from "./soap/link";
import { propertiesOf, readReference } from "./soap/messages";
import { listTemplates, type ListedTemplate } from "./templateList";
import { runTask, type TaskOptions } from "./soap/tasks";
import {
  readMachine,
  readPower,
  readSummary,
  summaryPaths,
  type VirtualMachine,
  type VirtualMachineSummary,
} from "./virtualMachineAnswers";

type Remedies = NonNullable<CallDescription["remedies"]>;

const renameRemedies: Remedies = {
  noPermission: "grant the account VirtualMachine.Config.Rename on the machine",
  alreadyExists: "choose another name; the object that has this one may be in use",
};

const powerOffRemedies: Remedies = {
  noPermission: "grant the account VirtualMachine.Interact.PowerOff on the machine",
};

const destroyRemedies: Remedies = {
  noPermission:
    "grant the account VirtualMachine.Inventory.Delete on the machine and on its folder",
  resourceInUse: "wait until other tasks on the machine have ended, and run again",
};

/**
 * Virtual machines and templates. Whatever changes them is a task of vCenter, and each method waits for its end. Every
 * method throws VCenterError.
 */
export class VirtualMachines {
  readonly #open: () => SoapLink;

  constructor(open: () => SoapLink) {
    this.#open = open;
  }

  /**
   * The object of one of these types at an inventory path; also hosts, resource pools and machines, which the inventory
   * does not list. What the account may not see is not found. If nothing is at exactly this path, the paths that look
   * the same are tried (NFC and NFD). If something of another type is there, this looks beside it: a machine may have
   * the name of a folder.
   * @param types vCenter's names: `VirtualMachine`
   */
  async find(path: string, types: readonly string[]): Promise<ManagedObjectReference | undefined> {
    return find(this.#open(), path, types);
  }

  /** What vCenter finds first at a path, whatever it is. For messages: to use an object, say what it has to be. */
  async findAny(path: string): Promise<ManagedObjectReference | undefined> {
    return findAny(this.#open(), path);
  }

  /**
   * A path with the real name of the datacenter's folder, if it names that folder by what it holds: the same as
   * {@link Inventory.realPath}, without reading the inventory. Two calls; three when the folder has another name.
   */
  async realPath(path: string): Promise<string> {
    return realPath(this.#open(), path);
  }

  /** The machine or template; undefined when it is gone. */
  async read(reference: ManagedObjectReference): Promise<VirtualMachine | undefined> {
    return readMachine(this.#open(), reference);
  }

  /** All templates that are in folders, in one call however many machines there are. */
  async templates(): Promise<ListedTemplate[]> {
    return listTemplates(this.#open());
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
   * Renames a machine or template. After a lost answer it counts as done when the machine has the new name.
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
   * Removes a machine or template with its disks, after powering it off without asking the guest. If it is gone
   * already, that is not an error, and a lost answer is judged the same way.
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
   * Clones a template, or a machine that is powered off, to a new template. The network of the first adapter becomes
   * the target's. An existing object of that name is an error before anything is started; therefore, after a lost
   * answer, the template of that name in the folder is the one that was made.
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

/** Succeeds also if the guest has shut down meanwhile. */
async function powerOff(link: SoapLink, reference: ManagedObjectReference): Promise<void> {
  const isOff = async (): Promise<true | undefined> =>
    (await readPower(link, reference)) ? undefined : true;
  try {
    await runTask(link, {
      operation: "power off a virtual machine",
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
