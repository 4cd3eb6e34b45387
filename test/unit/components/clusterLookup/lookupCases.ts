import assert from "node:assert/strict";

import type { ClusterLookupInputs } from "../../../../components/clusterLookup/clusterLookup";
import { ClusterLookupProvider } from "../../../../components/clusterLookup/provider";
import { clusterVCenter, exampleLookup, policyIds } from "../../../support/clusterVCenter";
import type { InMemoryVCenter } from "../../../support/inMemoryVCenter";
import { withPrintedLines } from "../../../support/printedLines";

/** A vCenter, what is looked for in it, and every sentence that a preview says, warnings first. */
export interface Case {
  /** Makes the vCenter of the example another one. */
  readonly given?: (vCenter: InMemoryVCenter) => void;
  readonly look: Partial<ClusterLookupInputs>;
  readonly warns?: readonly string[];
  readonly fails?: readonly string[];
  /** The id of the storage policy; that of the example unless something else is looked for. */
  readonly id?: string;
}

export const [prod, stage] = ["/X1/host/x1_cluster_prod", "/X1/host/x1_cluster_stage"] as const;
export const root = "/X1/datastore/x1_root";
export const lun = "/X1/datastore/x1_lun_1";
export const pools = `${prod}/Resources`;

export const notSeen = (what: string) =>
  `no such ${what} in vCenter, or this account cannot see it`;
export const nearest = (...paths: string[]) =>
  `correct the path; the nearest that exist are ${paths.join(", ")}`;
export const notFound = "and the installer would not find it";
export const renaming =
  "if one of the two were renamed, clusters and people that look for it by this name would no longer find it";

export const createPool = `${notFound}: create the pool, or correct baseResourcePool or the resourcePool of the instance class`;

const datastore =
  (isOfMasters: boolean) =>
  (path: string, clusters: readonly string[] = []) => ({ path, isOfMasters, clusters });
export const [forMasters, forOthers] = [datastore(true), datastore(false)] as const;

/** Makes a test of each case: the whole check says of it what it is to say, and nothing else. */
export function testLookups(subject: string, cases: Readonly<Record<string, Case>>): void {
  describe(`the check of what the documents of a cluster name of ${subject}`, () => {
    for (const [what, { given, look, warns = [], fails = [], id }] of Object.entries(cases)) {
      it(`${fails.length + warns.length === 0 ? "accepts" : "reports"} ${what}`, async () => {
        const vCenter = clusterVCenter();
        given?.(vCenter);
        const news = { ...exampleLookup, ...look };
        const provider = new ClusterLookupProvider(vCenter.session());
        const { result, lines } = await withPrintedLines(() => provider.check({}, news));
        assert.deepEqual(
          result.failures,
          fails.map((reason) => ({ property: "", reason })),
        );
        assert.deepEqual(lines, warns);
        assert.deepEqual(result.inputs, { ...news, storagePolicyId: id ?? policyIds.nodes });
        assert.deepEqual(vCenter.changes(), []);
      });
    }
  });
}
