import { cloneSpec, type CloneTarget } from "./cloneSpec";
import { callError, type CallDescription } from "./errors";
import { networkBacking } from "./networkBacking";
import { readProperties } from "./propertyReader";
import { objectKey, type ManagedObjectReference } from "./references";
import { readReference, referenceContent, type SoapLink } from "./soap";
import { runTask, type TaskOptions } from "./tasks";
import { devicesPath, networkAdapterElements } from "./virtualMachineAnswers";
import { readMachine } from "./virtualMachineReader";

const remedies: NonNullable<CallDescription["remedies"]> = {
  noPermission:
    "grant the account VirtualMachine.Provisioning.CloneTemplate on the template (CreateTemplateFromVM on a machine), VirtualMachine.Inventory.CreateFromExisting on the folder, Datastore.AllocateSpace on the datastore, Network.Assign on the network and Resource.AssignVMToPool on the resource pool",
  notFound: "check that the template and all places of the clone still exist",
  alreadyExists: "choose another name, or use the one that exists; it may be in use",
};

/** What {@link VirtualMachines.clone} does. */
export async function cloneTemplate(
  link: SoapLink,
  source: ManagedObjectReference,
  target: CloneTarget,
  options: TaskOptions,
): Promise<ManagedObjectReference> {
  const description: CallDescription = {
    operation: "copy a template",
    object: `${objectKey(source)} to ${target.name} in ${objectKey(target.folder)}`,
    remedies,
  };
  const existing = await findChild(link, description, target);
  if (existing) {
    const answer = `${objectKey(existing)} has this name already`;
    throw callError(description, { kind: "alreadyExists", answer });
  }
  const properties = await readProperties(link, description, source, [devicesPath]);
  const [adapter] = networkAdapterElements(properties);
  const backing = await networkBacking(link, target.network);
  return runTask(
    link,
    {
      ...description,
      method: "CloneVM_Task",
      target: source,
      parameters: {
        folder: referenceContent(target.folder),
        name: target.name,
        spec: cloneSpec(target, adapter, backing),
      },
      result: (value) => value && readReference(value),
      effect: async () => {
        const made = await findChild(link, description, target);
        const machine = made && (await readMachine(link, made));
        return machine?.isTemplate ? made : undefined;
      },
    },
    options,
  );
}

/** What has the name of a clone in its folder. */
async function findChild(
  link: SoapLink,
  description: CallDescription,
  { folder, name }: CloneTarget,
): Promise<ManagedObjectReference | undefined> {
  const { searchIndex } = await link.serviceContent();
  const [child] = await link.call({
    ...description,
    method: "FindChild",
    target: searchIndex,
    parameters: { entity: referenceContent(folder), name },
  });
  return child && readReference(child);
}
