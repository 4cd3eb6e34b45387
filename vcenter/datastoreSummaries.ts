import type { CallDescription } from "./errors";
import { distinctObjects, objectKey, type ManagedObjectReference } from "./objects";
import type { SoapLink } from "./soap/link";
import { propertiesOf, readReference, referenceContent } from "./soap/messages";

/** What vCenter says of a datastore as a whole, whichever host asks. */
export interface DatastoreSummary {
  /** `VMFS`, `NFS`, `vsan` and others. */
  readonly type: string;
  readonly capacityBytes: number;
  readonly freeBytes: number;
  /** Whether it is being emptied, or has been. */
  readonly isInMaintenance: boolean;
}

const description: CallDescription = {
  operation: "read the sizes of datastores",
  remedies: { noPermission: "grant the account System.Read on the datastores" },
};

const summaryPaths = [
  "summary.type",
  "summary.capacity",
  "summary.freeSpace",
  "summary.maintenanceMode",
];

/** Sizes and kinds of datastores. Every method throws VCenterError. */
export class DatastoreSummaries {
  readonly #open: () => SoapLink;

  constructor(open: () => SoapLink) {
    this.#open = open;
  }

  /**
   * Reads the summaries of datastores in one call however many there are, and in none for none.
   * @returns by the keys of the datastores (objectKey); one that the account may not read is missing
   */
  async read(
    datastores: readonly ManagedObjectReference[],
  ): Promise<ReadonlyMap<string, DatastoreSummary>> {
    if (datastores.length === 0) return new Map();
    const link = this.#open();
    const { propertyCollector } = await link.serviceContent();
    const answers = await link.call({
      ...description,
      method: "RetrieveProperties",
      target: propertyCollector,
      parameters: {
        specSet: {
          propSet: { type: "Datastore", pathSet: summaryPaths },
          objectSet: distinctObjects(datastores).map((object) => ({
            obj: referenceContent(object),
          })),
        },
      },
    });
    return new Map(
      answers.flatMap((answer): [string, DatastoreSummary][] => {
        const reference = answer.child("obj");
        const properties = propertiesOf(answer);
        const textOf = (name: string): string => properties.get(`summary.${name}`)?.text ?? "";
        if (reference === undefined || !properties.has("summary.capacity")) return [];
        return [
          [
            objectKey(readReference(reference)),
            {
              type: textOf("type"),
              capacityBytes: Number(textOf("capacity")),
              freeBytes: Number(textOf("freeSpace")),
              // The other two are enteringMaintenance and inMaintenance.
              isInMaintenance: /Maintenance$/.test(textOf("maintenanceMode")),
            },
          ],
        ];
      }),
    );
  }
}
