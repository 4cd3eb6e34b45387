import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/lab/folders";

/** What the first page of the README promises, each with the test that shows it: the file, and the name in it. */
const promises: Readonly<Record<string, readonly [file: string, test: string]>> = {
  "`pulumi up` creates the tag categories, the tags on your datacenters, clusters and datastores, the role and its permissions":
    ["endToEnd/firstUp", "attaches the tags that the govc commands attach"],
  "builds the node template with Packer for every region": [
    "endToEnd/templateImage",
    "is built once, in the first region, and copied to the second datacenter under the same name",
  ],
  "outputs every document that `dhctl bootstrap` needs for each region": [
    "endToEnd/firstUp",
    "tells the documents of each region as YAML, a secret, and with placeholders, no secret",
  ],
  "It attaches and detaches only its own tags, and sets and removes only its own permissions.": [
    "endToEnd/others",
    "is all that destroy leaves, beside the two categories, which outlive it",
  ],
  "Whatever others have on the same objects stays untouched.": ["endToEnd/others", "survives up"],
  "A tag is detached only if the state records that this stack attached it, or if the preview announced it.":
    [
      "endToEnd/detaching",
      "a tag is taken off an object only when the state recorded it or the preview said so:",
    ],
  "A stack works only in the vCenter that it was created in. Pointed at another one, it changes nothing, neither there nor in the state.":
    ["endToEnd/otherVCenter", "the address of another vCenter, which has the same names"],
  "A plain `pulumi preview` shows the real state of vCenter: a tag that somebody detached, a permission with another role, a role with other privileges":
    ["endToEnd/drift", "drift is seen by a plain preview and mended by up:"],
  "a template that is gone": [
    "endToEnd/templateImage",
    "is made again when somebody removed it, and a plain preview shows that",
  ],
  "Mistakes in the configuration are found before anything is changed": [
    "endToEnd/badInput",
    "is found before anything talks to vCenter",
  ],
  "first every unknown key and malformed value": [
    "endToEnd/badInput",
    "gives all faults of the schema in one message, and no others yet",
  ],
  "then everything that breaks a rule, each list complete and each entry with what to do about it":
    ["endToEnd/badInput", "then gives all broken rules in one message"],
  "Every preview first looks at vCenter as a whole and tells at once what would otherwise surface in the middle of an installation":
    [
      "endToEnd/preflight",
      "a wrong template, a taken role, a wrong datastore and a wrong network take one round, and not four",
    ],
  "the place in the configuration, what was found, what Deckhouse would do with it, and what to do":
    [
      "unit/preflight/checks",
      "says of every fault its place in the configuration, what was found, what Deckhouse would do, and what to do",
    ],
  "a datastore that the hosts of a zone do not mount": [
    "endToEnd/preflight",
    "hosts that do not mount a datastore are told by their names",
  ],
  "Passwords never appear in the clear in the state, in error messages or in files, nor in any log below the [verbosity](#what-to-know) at which the engine writes everything.":
    ["endToEnd/secrets", "no password stands anywhere in the clear:"],
  "The program never leaves a session of its own open without saying so.": [
    "endToEnd/sessions",
    "no session is left after preview, up, refresh and destroy",
  ],
};

describe("the first page of the README", () => {
  const page = readFileSync(join(repositoryRoot, "README.md"), "utf8");
  const first = page.slice(page.indexOf("\n\n"), page.indexOf("\n## ")).replaceAll(/\s+/g, " ");

  for (const [promise, [file, test]] of Object.entries(promises)) {
    it(`has a test for: ${promise}`, () => {
      assert.ok(first.includes(promise), first);
      const source = readFileSync(join(repositoryRoot, "test", `${file}.test.ts`), "utf8");
      assert.ok(source.includes(`"${test}"`), `there is no test "${test}" in ${file}.test.ts`);
    });
  }

  it("promises nothing beside", () => {
    const rest = Object.keys(promises).reduce((text, promise) => text.replace(promise, ""), first);
    assert.equal(
      rest.replaceAll(/\s+/g, " ").trim(),
      "Prepares VMware vSphere for the [Deckhouse Kubernetes Platform](https://deckhouse.io). From one typed " +
        "configuration, , , and . It is designed for vCenters that you share with others: - - - , . - : , . - , such " +
        "as : . -",
    );
  });
});
