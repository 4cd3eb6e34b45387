import assert from "node:assert/strict";
import type { PreflightCheckName } from "../../../configuration/preflightChecks";
import { checks } from "../../../preflight/checks";
import type { PreflightReport } from "../../../preflight/run";
import { Simulator } from "../../../scripts/lab/simulator";
import type { Change } from "../../../scripts/lab/simulatorControl";
import { germanNames, renamedInventory } from "../../support/renamedFolders";
import { removeFolder, temporaryFolder } from "../../support/temporaryFolder";
import {
  knownAt,
  linesOf,
  madeByUp,
  missingInInventory,
  readWith,
  reportOn,
} from "./preparedVCenter";
import { rows } from "./rows";
import { moments, type Row } from "./rows/row";

/** Looks at a vCenter of its own that is as a row says, and sees to it that it is left without a session. */
async function reportOf(
  { when = "check", there = [], changes = [], configuration, account }: Omit<Row, "lines">,
  inventory?: string,
  moved = (change: Change): Change => change,
): Promise<PreflightReport> {
  const simulator = await Simulator.start({ inventory });
  try {
    const read = readWith(configuration);
    const made = when === "preview" ? readWith() : read;
    const byUp = when === "before up" ? [] : madeByUp(made.configuration);
    await simulator.control.change(
      ...[...missingInInventory, ...there, ...byUp, ...changes].map(moved),
    );
    const wanted = { ...read, ...knownAt(when, made.configuration) };
    const report = await reportOn(simulator, wanted, account);
    assert.deepEqual(await simulator.control.sessions(), []);
    return report;
  } finally {
    await simulator.stop();
  }
}

/** Holds a report against a row: these findings, all of this check. */
function expectOnly(report: PreflightReport, check: PreflightCheckName, { lines }: Row): void {
  assert.deepEqual(linesOf(report), lines);
  const found = report.checks.filter(({ findings }) => findings.length > 0);
  assert.deepEqual(
    found.map(({ name }) => name),
    [check],
  );
}

/** A row by its check and title. */
function rowOf(check: PreflightCheckName, title: string): Row {
  const row = rows[check]?.[title];
  assert.ok(row, `${check}: ${title}`);
  return row;
}

/** One vCenter with what several rows break. */
function together(...chosen: readonly Row[]): Row {
  return {
    changes: chosen.flatMap(({ changes = [] }) => changes),
    configuration: Object.assign(
      {},
      ...chosen.map(({ configuration = {} }) => configuration),
    ) as Record<string, unknown>,
    lines: chosen.flatMap(({ lines }) => lines).sort(),
  };
}

describe("preflight on the simulated vCenter", () => {
  const folder = temporaryFolder();

  after(() => {
    removeFolder(folder);
  });

  for (const [name, broken] of Object.entries(rows)) {
    describe(`the check ${name}`, () => {
      for (const [title, row] of Object.entries(broken)) {
        it(`finds ${title}, and no other check finds anything`, async () => {
          expectOnly(await reportOf(row), name as PreflightCheckName, row);
        });
      }
    });
  }

  it("has a vCenter that breaks it for each check", () => {
    assert.deepEqual(Object.keys(rows).sort(), checks.map(({ name }) => name).sort());
  });

  it("finds nothing where all holds, whenever it looks, looks at all with each check, and so fails every row", async () => {
    const privileges = readWith().configuration.role?.privileges ?? [];
    const reports = await Promise.all([
      ...moments.map((when) => reportOf({ when })),
      reportOf({
        configuration: { "role.existing": true },
        there: [{ operation: "createRole", role: "kubernetes", privileges }],
      }),
    ]);
    assert.deepEqual(reports.flatMap(linesOf), []);
    for (const { name } of checks) {
      const seen = reports.flatMap((report) => report.checks.filter((one) => one.name === name));
      assert.ok(
        seen.some(({ facts, skipped }) => facts > 0 && skipped === undefined),
        JSON.stringify(seen, undefined, 1),
      );
    }
    for (const [name, broken] of Object.entries(rows)) {
      for (const row of Object.values(broken)) {
        for (const report of reports) {
          assert.throws(() => {
            expectOnly(report, name as PreflightCheckName, row);
          });
        }
      }
    }
  });

  it("finds nothing else where the folders of a datacenter have other names", async () => {
    const moved = (change: Change): Change =>
      "path" in change
        ? {
            ...change,
            path: Object.entries(germanNames).reduce(
              (path, [role, name]) =>
                path.startsWith(`/X1/${role}/`)
                  ? path.replace(`/X1/${role}/`, `/X1/${name}/`)
                  : path,
              change.path,
            ),
          }
        : change;
    const lines = linesOf(await reportOf({}, renamedInventory(folder), moved));
    assert.deepEqual(lines, [
      'warning regions[0].datacenter: found "/X1": its folders are called Hosts und Cluster instead of host, Datenspeicher ' +
        "instead of datastore, Netzwerke instead of network, VMs instead of vm, and this program finds what is in them",
    ]);
  });

  it("tells a wrong template, datastore and network in one report, not in as many rounds", async () => {
    const row = together(
      rowOf("templates", "a template that is gone"),
      rowOf("objects", "a datastore that is gone"),
      rowOf("objects", "a network with another name"),
    );
    assert.deepEqual(linesOf(await reportOf(row)), row.lines);
  });

  it("tells twelve faults at once in one report", async () => {
    const row = together(
      rowOf("version", "an old vCenter"),
      rowOf("objects", "a datastore that is gone"),
      rowOf("tags", "a zone's tag that somebody took off its cluster"),
      rowOf("foreignTags", "a datastore with a zone's tag of others"),
      rowOf("clusterHosts", "a cluster whose hosts are all in maintenance"),
      rowOf("volumeDatastores", "a datastore that one host mounts for reading alone"),
      rowOf("networksOnHosts", "a host that is not on the switch of the port group"),
      rowOf("resourcePools", "a pool that one cluster does not have"),
      rowOf("templates", "a template with two disks"),
      rowOf("storagePolicies", "a storage policy that is gone"),
      rowOf("distributedResourceScheduler", "a cluster without DRS"),
      rowOf("effectivePrivileges", "a permission on a datastore that replaces the granted one"),
    );
    const report = await reportOf(row);
    assert.equal(report.findings.length, 12);
    assert.deepEqual(linesOf(report), row.lines);
    assert.equal(report.checks.filter(({ findings }) => findings.length > 0).length, 12);
  });
});
