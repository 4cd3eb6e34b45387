import { compareText } from "../findings/text";
import { callError, type CallDescription } from "./errors";
import type { ManagedObjectReference } from "./objects";
import type { SoapLink } from "./soap/link";
import { readReference, storagePolicyService, type SoapCall } from "./soap/messages";
import type { XmlElement } from "./soap/xml";

/** A storage policy ("VM storage policy" in the user interface). */
export interface StoragePolicy {
  /** A UUID, stable over the life of the policy, different on each vCenter. Deckhouse calls it `storagePolicyID`. */
  readonly id: string;
  /** Unique on a vCenter. */
  readonly name: string;
}

/** The one object of the service whose reference is known before anything was asked. */
const serviceInstance: ManagedObjectReference = {
  type: "PbmServiceInstance",
  id: "ServiceInstance",
};

const description: CallDescription = {
  operation: "list the storage policies",
  remedies: {
    noPermission:
      "grant the account StorageProfile.View on the root folder: on other objects it has no effect",
    invalidArgument: "run again: a policy was removed while the list was read",
    notFound: "run again: a policy was removed while the list was read",
  },
};

/** Storage policies, which vCenter keeps in a separate service. Every method throws VCenterError. */
export class StoragePolicies {
  readonly #open: () => SoapLink;

  constructor(open: () => SoapLink) {
    this.#open = open;
  }

  /**
   * All policies for storage, sorted by name, in three calls however many there are, including those that come with
   * vCenter. If the account may not see them, that is an error, not an empty list.
   */
  async list(): Promise<readonly StoragePolicy[]> {
    const link = this.#open();
    const target = await profileManager(link);
    const ids = await link.call(
      call("PbmQueryProfile", target, {
        resourceType: { resourceType: "STORAGE" },
        profileCategory: "REQUIREMENT",
      }),
    );
    // vCenter refuses an empty list of ids.
    if (ids.length === 0) return [];
    const profileIds = ids.map((id) => ({ uniqueId: id.child("uniqueId")?.text ?? "" }));
    const policies = await link.call(call("PbmRetrieveContent", target, { profileIds }));
    return policies.map(readPolicy).sort((a, b) => compareText(a.name, b.name));
  }
}

function call(
  method: string,
  target: ManagedObjectReference,
  parameters: SoapCall["parameters"],
): SoapCall {
  return { ...description, service: storagePolicyService, method, target, parameters };
}

async function profileManager(link: SoapLink): Promise<ManagedObjectReference> {
  const question = call("PbmRetrieveServiceContent", serviceInstance, {});
  const [content] = await link.call(question);
  const manager = content?.child("profileManager");
  if (manager) return readReference(manager);
  const answer = "its answer names no profileManager";
  throw callError(question, { kind: "unexpectedAnswer", answer });
}

function readPolicy(policy: XmlElement): StoragePolicy {
  return {
    id: policy.child("profileId")?.child("uniqueId")?.text ?? "",
    name: policy.child("name")?.text ?? "",
  };
}
