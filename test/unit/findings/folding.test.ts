import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ConfigurationError,
  finding,
  findingTexts,
  folded,
  warning,
  wording,
  type Foldable,
} from "../../../findings/finding";
import { faultLines, stack, stackWith } from "../configuration/support";

/** As many characters as a comment under a pull request can have. */
const mostCharacters = 65_536;
const many = 10_000;

describe("folding", () => {
  const finding = (kind: string, about: string): Foldable => ({
    ...{ kind, about },
    text: () => `${kind} ${about}`,
  });

  it("tells the first 20 of a kind in the order of people, and how many more there are", () => {
    const findings = Array.from({ length: many }, (_, index) =>
      finding("a", `lun_${many - index}`),
    );
    const lines = folded(findings);
    assert.deepEqual(lines.slice(0, 2), ["a lun_1", "a lun_2"]);
    assert.deepEqual(lines.slice(19), ["a lun_20", "and 9,980 more of this kind"]);
  });

  it("hides no other kind", () => {
    const findings = Array.from({ length: 100 }, (_, index) => finding("a", String(index)));
    const lines = folded([...findings.slice(0, 50), finding("b", "x"), ...findings.slice(50)]);
    assert.equal(lines.length, 22);
    assert.deepEqual(lines.slice(19), ["a 19", "and 80 more of this kind", "b x"]);
  });

  it("makes no sentence that is not shown", () => {
    let made = 0;
    folded(
      Array.from({ length: many }, (_, index) => ({
        ...{ kind: "a", about: String(index) },
        text: () => String((made += 1)),
      })),
    );
    assert.equal(made, 20);
  });

  it("leaves up to 20 of each kind as they are, and always counts right", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 90 }), (kinds) => {
        const findings = kinds.map((kind, index) => finding(kind, String(index)));
        const lines = folded(findings);
        for (const kind of ["a", "b", "c"]) {
          const count = kinds.filter((one) => one === kind).length;
          const told = lines.filter((line) => line.startsWith(`${kind} `));
          assert.equal(told.length, Math.min(count, 20));
          if (count > 20) {
            const after = lines[lines.indexOf(told[19] ?? "") + 1];
            assert.equal(after, `and ${count - 20} more of this kind`);
          }
        }
        if (new Set(kinds).size > 0 && lines.every((line) => !line.startsWith("and "))) {
          assert.deepEqual(
            lines,
            findings.map(({ text }) => text()),
          );
        }
      }),
    );
  });

  it("tells kinds apart by what is wrong, and not by names, numbers and paths", () => {
    assert.equal(wording("/X1/datastore/a: 3 of 4"), wording("/X2/datastore/b: 2 of 5"));
    assert.equal(wording('it has the name "a" too'), wording('it has the name "b, or \\"c" too'));
    assert.notEqual(wording("is empty"), wording("is too long"));
    const findings = Array.from({ length: 25 }, (_, index) => [
      warning(`/X1/datastore/lun_${index}`, "it is away", "mount it"),
      warning(`/X1/datastore/lun_${index}`, "it is full", "empty it"),
    ]).flat();
    assert.equal(findingTexts(findings).length, 2 * 21);
  });
});

describe("a configuration with many faults of one kind", () => {
  const names = (make: (index: number) => unknown): unknown[] =>
    Array.from({ length: many }, (_, index) => make(index));

  const cases: Readonly<Record<string, () => unknown>> = {
    "datastores that are written twice": () =>
      stackWith({
        "regions[0].zones[0].datastores": [
          ...names((index) => `lun_${index}`),
          ...names((index) => `lun_${index}`),
        ],
      }),
    "datastores of another datacenter": () =>
      stackWith({ "regions[0].zones[0].datastores": names((index) => `/Y/datastore/l${index}`) }),
    "datastores that are no texts": () =>
      stackWith({ "regions[0].zones[0].datastores": names((index) => index) }),
    "datastores with blanks at an end": () =>
      stackWith({ "regions[0].zones[0].datastores": names((index) => `lun_${index} `) }),
    "privileges that nobody knows": () =>
      stackWith({ "role.privileges": names((index) => `Datastore.Unknown${index}`) }),
    "principals without a domain": () =>
      stackWith({ "role.principals": names((index) => `account${index}`) }),
    "zones with names that Kubernetes does not take": () =>
      stackWith({
        "regions[0].zones": names((index) => ({
          name: `Zone_${index}`,
          cluster: `cluster_${index}`,
          datastores: [`lun_${index}`],
        })),
      }),
    "keys that nobody knows": () =>
      stackWith({
        "regions[0].zones[0]": {
          ...stack.regions[0]?.zones[0],
          ...Object.fromEntries(names((index) => [`key${index}`, 1]) as [string, number][]),
        },
      }),
  };
  for (const [title, configuration] of Object.entries(cases)) {
    it(`is told in short: ${title}`, () => {
      const lines = faultLines(configuration());
      assert.ok(lines.includes("and 9,980 more of this kind"), lines.slice(0, 50).join("\n"));
      assert.ok(lines.join("\n").length < mostCharacters);
    });
  }

  it("says how many faults there are in all, and does not hide one of another kind", () => {
    const faults = names((index) => finding(`a[${index}]`, index, "is a number", "write text"));
    const error = new ConfigurationError([
      ...(faults as ReturnType<typeof finding>[]),
      finding("b", "x", "is another thing", "correct it"),
    ]);
    const lines = error.message.split("\n");
    assert.equal(
      lines[0],
      "The stack configuration has 10,001 faults; nothing was done in vCenter:",
    );
    assert.deepEqual(lines.slice(20), [
      "a[19]: found 19: is a number: write text",
      "and 9,980 more of this kind",
      'b: found "x": is another thing: correct it',
    ]);
    assert.equal(error.findings.length, many + 1);
  });
});
