import assert from "node:assert/strict";
import { connectionKeys } from "../../../../configuration/connectionKeys";
import { withoutSecrets } from "../../../../commands/workflows/secrets";
import { workflowJob } from "../../../support/workflowFiles";

describe("what a pipeline writes where others read it", () => {
  const variables = new Set([
    ...connectionKeys.flatMap(({ secret, environmentVariable: name }) =>
      secret && name !== undefined ? [name] : [],
    ),
    ...["preview", "up", "drift"].flatMap((name) =>
      Object.entries(workflowJob(name).steps.at(-1)!.env ?? {})
        .filter(([, value]) => /secrets\.|github\.token/.test(value))
        .map(([variable]) => variable),
    ),
    ...["GITLAB_TOKEN", "AWS_SECRET_ACCESS_KEY"],
  ]);

  for (const variable of variables) {
    it(`does not have the secret in ${variable}, in no form`, () => {
      const secret = 'of "this" & that';
      const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
      const cleaned = withoutSecrets(`vCenter said: ${forms.join(", ")}.`, { [variable]: secret });
      assert.equal(cleaned, "vCenter said: ***, ***, ***.");
    });
  }

  it("has what is no secret", () => {
    const text = "vcenter.example.com as reader@vsphere.local";
    const environment = {
      VSPHERE_SERVER: "vcenter.example.com",
      VSPHERE_USER: "reader@vsphere.local",
      VSPHERE_PASSWORD: "",
      PULUMI_STACK: "vcenter",
    };
    assert.equal(withoutSecrets(text, environment), text);
  });
});
