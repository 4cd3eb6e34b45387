import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/lab/folders";

/** What the first page of the README promises, each with the test that shows it: the file, and the name in it. */
const promises: Readonly<Record<string, readonly [file: string, test: string]>> = {
  "`pulumi up` makes the tag categories, the tags on your datacenters, clusters and datastores, the role and its permissions":
    ["endToEnd/firstUp", "attaches the tags that the govc commands attach"],
  "builds the template of the nodes with Packer in every region": [
    "endToEnd/templateImage",
    "is built once, in the first region, and copied to the second datacenter under the same name",
  ],
  "gives you every document that `dhctl bootstrap` takes for each": [
    "endToEnd/firstUp",
    "tells the documents of each region as YAML, a secret, and with placeholders, no secret",
  ],
  "It attaches and detaches only its own tags, and sets and removes only its own permissions.": [
    "endToEnd/others",
    "is all that destroy leaves, beside the two categories, which outlive it",
  ],
  "What others have on the same objects stays as it is.": ["endToEnd/others", "survives up"],
  "A tag goes only if the state says that the stack attached it, or the preview said so.": [
    "endToEnd/detaching",
    "a tag is taken off an object only when the state recorded it or the preview said so:",
  ],
  "A stack works in the vCenter that it was made in. Pointed at another one, it changes nothing there, and nothing in the state.":
    ["endToEnd/otherVCenter", "the address of another vCenter, which has the same names"],
  "A plain `pulumi preview` shows what vCenter really has: a tag that somebody detached, a permission with another role, a role with other privileges":
    ["endToEnd/drift", "drift is seen by a plain preview and mended by up:"],
  "a template that is gone": [
    "endToEnd/templateImage",
    "is made again when somebody removed it, and a plain preview shows that",
  ],
  "Mistakes in the configuration are found before anything is changed": [
    "endToEnd/badInput",
    "is found before anything talks to vCenter",
  ],
  "all at once, with what to do about each": [
    "endToEnd/badInput",
    "gives all faults in one message",
  ],
  "a datastore that a zone's hosts do not mount": [
    "endToEnd/clusterLookup",
    "hosts that do not mount a datastore are told by their names",
  ],
  "Passwords are in no state, error text or file in the clear, and in no log below the [verbosity](#what-to-know) at which the engine writes everything.":
    ["endToEnd/secrets", "no password stands anywhere in the clear:"],
  "No session of this program is left behind without a word.": [
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
      "Prepares a VMware vSphere for the [Deckhouse Kubernetes Platform](https://deckhouse.io): one typed configuration, " +
        "and , , and . It is made for vCenters that others use too: - - - , . - , . - What would only show in the middle of an " +
        "installation is found at preview, such as . -",
    );
  });
});
