import { isObjectGone } from "./errors";
import { readProperties } from "./propertyReader";
import { objectKey, type ManagedObjectReference } from "./references";
import type { SoapLink } from "./soap";
import {
  isPoweredOn,
  machinePaths,
  readVirtualMachine,
  type VirtualMachine,
} from "./virtualMachineAnswers";

/** The machine or template; undefined when it is gone. */
export async function readMachine(
  link: SoapLink,
  reference: ManagedObjectReference,
): Promise<VirtualMachine | undefined> {
  const description = { operation: "read a virtual machine", object: objectKey(reference) };
  try {
    const properties = await readProperties(link, description, reference, machinePaths);
    return readVirtualMachine(reference, properties);
  } catch (error) {
    if (isObjectGone(error)) return undefined;
    throw error;
  }
}

/**
 * Whether a machine is on.
 * @throws VCenterError `notFound` with the code ManagedObjectNotFound when it is gone
 */
export async function readPower(
  link: SoapLink,
  reference: ManagedObjectReference,
): Promise<boolean> {
  const description = { operation: "read a virtual machine", object: objectKey(reference) };
  const paths = ["runtime.powerState"];
  return isPoweredOn(await readProperties(link, description, reference, paths));
}
