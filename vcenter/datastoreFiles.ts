import { callError, isVCenterError, type CallDescription } from "./errors";
import { objectKey, type ManagedObjectReference } from "./references";
import { referenceContent, type SoapLink } from "./soap";

/** The files of datastores. Every method throws VCenterError. */
export class DatastoreFiles {
  readonly #open: () => SoapLink;

  constructor(open: () => SoapLink) {
    this.#open = open;
  }

  /**
   * Makes a folder, whose parent is there. One that is there already stays as it is.
   *
   * @param datacenter of the datastore
   * @param path `[x1_root] packer_cache`
   * @returns whether it was made
   */
  async makeFolder(datacenter: ManagedObjectReference, path: string): Promise<boolean> {
    const link = this.#open();
    const description: CallDescription = {
      operation: "make a folder on a datastore",
      object: `${path} in ${objectKey(datacenter)}`,
      remedies: { noPermission: "grant the account Datastore.FileManagement on the datastore" },
    };
    const { fileManager } = await link.serviceContent();
    if (fileManager === undefined) {
      const answer = "it has no service for the files of datastores";
      throw callError(description, { kind: "unexpectedAnswer", answer });
    }
    try {
      await link.call({
        ...description,
        method: "MakeDirectory",
        target: fileManager,
        parameters: {
          name: path,
          datacenter: referenceContent(datacenter),
          createParentDirectories: false,
        },
      });
      return true;
    } catch (error) {
      if (isVCenterError(error, "alreadyExists")) return false;
      throw error;
    }
  }
}
