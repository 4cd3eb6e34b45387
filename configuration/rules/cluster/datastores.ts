import { problem } from "../../problems";
import type { Rule } from "../rule";
import { nodeGroupsOf } from "./nodeGroupPlaces";

/**
 * The masters' datastore is a bare name: their second disk, for the data of Kubernetes, takes the value as
 * it stands.
 *
 * Source: deckhouse/deckhouse#9584.
 */
export const mastersDatastoreIsAName: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap(({ path, isMaster, instanceClass }) => {
    const { datastore } = instanceClass;
    return !isMaster || datastore === undefined || !datastore.includes("/")
      ? []
      : [
          problem(
            `${path}.instanceClass.datastore`,
            datastore,
            'masters take a bare name, and with a path the installer would stop with "Failed to query ' +
              'disk type"',
            `write ${datastore.split("/").at(-1) ?? ""}`,
          ),
        ];
  });
