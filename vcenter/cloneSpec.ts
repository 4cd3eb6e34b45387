import type { ManagedObjectReference } from "./references";
import { referenceContent } from "./soap";
import type { XmlContent, XmlElement } from "./xml";

/** What a clone is called and where it goes; another datacenter than the source's is as good as the same. */
export interface CloneTarget {
  /** As stored: `/ \ %` inside a name must be `%2f %5c %25`. */
  readonly name: string;
  readonly folder: ManagedObjectReference;
  /** A template is in no pool, but vCenter wants one of the target's cluster, to choose the host by. */
  readonly resourcePool: ManagedObjectReference;
  readonly datastore: ManagedObjectReference;
  /** Any compatible host of the pool's cluster, as vCenter chooses, unless it is given. */
  readonly host?: ManagedObjectReference;
  /** The network of the first adapter: a Network, DistributedVirtualPortgroup or OpaqueNetwork. */
  readonly network: ManagedObjectReference;
}

/**
 * The VirtualMachineCloneSpec of a template, its elements in the order of the WSDL.
 * @param adapter the source's first network adapter as it came, when it has one
 * @param backing what connects it to the target's network
 */
export function cloneSpec(
  target: CloneTarget,
  adapter: XmlElement | undefined,
  backing: XmlContent,
): XmlContent {
  const { datastore, resourcePool, host } = target;
  return {
    location: {
      datastore: referenceContent(datastore),
      pool: referenceContent(resourcePool),
      ...(host ? { host: referenceContent(host) } : {}),
      ...(adapter ? { deviceChange: adapterChange(adapter, backing) } : {}),
    },
    template: true,
    powerOn: false,
  };
}

/** Without its MAC address, so that the clone gets one of its own. */
function adapterChange(adapter: XmlElement, backing: XmlContent): XmlContent {
  const connectable = adapter.child("connectable");
  return {
    operation: "edit",
    device: {
      "@xsi:type": adapter.attribute("xsi:type") ?? "",
      ...texts(adapter, "key"),
      backing,
      ...(connectable
        ? { connectable: texts(connectable, "startConnected", "allowGuestControl", "connected") }
        : {}),
      ...texts(adapter, "controllerKey", "unitNumber"),
    },
  };
}

/** The child elements of these names that are there. */
function texts(element: XmlElement, ...names: readonly string[]): Record<string, XmlContent> {
  const present = names.flatMap((name) => {
    const child = element.child(name);
    return child ? [[name, child.text] as const] : [];
  });
  return Object.fromEntries(present);
}
