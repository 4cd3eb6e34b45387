import { callError } from "./errors";
import { readProperties } from "./propertyReader";
import { objectKey, type ManagedObjectReference } from "./references";
import { readReference, referenceContent, type SoapLink } from "./soap";
import type { XmlContent, XmlElement } from "./xml";

/**
 * What an adapter's `backing` must be to be connected to a network.
 * @param network a Network, a DistributedVirtualPortgroup or an OpaqueNetwork
 * @throws VCenterError `noPermission` when the account may not read what it takes
 */
export async function networkBacking(
  link: SoapLink,
  network: ManagedObjectReference,
): Promise<XmlContent> {
  if (network.type === "DistributedVirtualPortgroup") return portgroupBacking(link, network);
  if (network.type === "OpaqueNetwork") return opaqueBacking(link, network);
  const required = await readRequired(link, network, ["name"]);
  return {
    "@xsi:type": "VirtualEthernetCardNetworkBackingInfo",
    deviceName: required("name").text,
    network: referenceContent(network),
  };
}

async function portgroupBacking(
  link: SoapLink,
  portgroup: ManagedObjectReference,
): Promise<XmlContent> {
  const paths = ["config.key", "config.distributedVirtualSwitch"] as const;
  const required = await readRequired(link, portgroup, paths);
  const virtualSwitch = readReference(required("config.distributedVirtualSwitch"));
  const requiredOfSwitch = await readRequired(link, virtualSwitch, ["uuid"]);
  return {
    "@xsi:type": "VirtualEthernetCardDistributedVirtualPortBackingInfo",
    port: {
      switchUuid: requiredOfSwitch("uuid").text,
      portgroupKey: required("config.key").text,
    },
  };
}

async function opaqueBacking(link: SoapLink, network: ManagedObjectReference): Promise<XmlContent> {
  const required = await readRequired(link, network, ["summary"]);
  const summary = required("summary");
  return {
    "@xsi:type": "VirtualEthernetCardOpaqueNetworkBackingInfo",
    opaqueNetworkId: summary.child("opaqueNetworkId")?.text ?? "",
    opaqueNetworkType: summary.child("opaqueNetworkType")?.text ?? "",
  };
}

/** Reads properties that every network has: one that is missing is one that the account may not read. */
async function readRequired<Path extends string>(
  link: SoapLink,
  object: ManagedObjectReference,
  paths: readonly Path[],
): Promise<(path: Path) => XmlElement> {
  const description = {
    operation: "read a network",
    object: objectKey(object),
    remedies: { noPermission: "grant the account the role ReadOnly on the network and its switch" },
  };
  const properties = await readProperties(link, description, object, paths);
  return (path) => {
    const value = properties.get(path);
    if (value) return value;
    const answer = `vCenter does not show its property ${path} to this account`;
    throw callError(description, { kind: "noPermission", answer });
  };
}
