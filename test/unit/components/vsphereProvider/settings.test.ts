import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import {
  installedPlugin,
  providerEnvironment,
} from "../../../../components/vsphereProvider/pluginProcess";
import { folderForEachTest } from "../../../support/temporaryFolder";
import { thrownBy } from "../../../support/thrownBy";

describe("the settings that the vSphere provider gets", () => {
  const variables = { VSPHERE_SERVER: "from-variable", VSPHERE_PASSWORD: "old", HOME: "/home/a" };

  it("are those of the stack's configuration before those of the environment", () => {
    const PULUMI_CONFIG =
      '{"password":"new","user":"administrator@vsphere.local","apiTimeout":"5"}';
    assert.deepEqual(providerEnvironment({ ...variables, PULUMI_CONFIG }), {
      ...{ VSPHERE_SERVER: "from-variable", VSPHERE_PASSWORD: "new", HOME: "/home/a" },
      VSPHERE_USER: "administrator@vsphere.local",
      PULUMI_CONFIG,
    });
  });

  for (const PULUMI_CONFIG of [undefined, "", "{}", '{"password":""}']) {
    it(`are those of the environment where the stack has none (${String(PULUMI_CONFIG)})`, () => {
      const environment = { ...variables, PULUMI_CONFIG };
      assert.deepEqual(providerEnvironment(environment), environment);
    });
  }
});

describe("the vSphere provider on this machine", () => {
  const fetched = "plugins/resource-vsphere-v4.18.2/pulumi-resource-vsphere";
  const told: string[] = [];
  const plugin = (environment: Record<string, string>): Promise<string> =>
    installedPlugin(environment, (text) => told.push(text));
  let folder: string;

  folderForEachTest((made) => (folder = made));

  function program(path: string, script = ""): string {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  it("is taken from the PATH first, as the engine does", async () => {
    program(fetched);
    const onPath = program("bin/pulumi-resource-vsphere");
    const environment = { PATH: `/nowhere:${join(folder, "bin")}`, PULUMI_HOME: folder };
    assert.equal(await plugin(environment), onPath);
  });

  it("is taken from the plugins that the engine has fetched otherwise", async () => {
    const file = program(fetched);
    assert.equal(await plugin({ PATH: "", PULUMI_HOME: folder }), file);
    assert.deepEqual(told, []);
  });

  it("is fetched by the engine's own command when it is not there", async () => {
    const expected = join(folder, fetched);
    program(
      "bin/pulumi",
      `[ "$*" = "plugin install resource vsphere 4.18.2" ] || exit 1
       mkdir -p "${dirname(expected)}"; printf '#!/bin/sh\\n' > "${expected}"; chmod +x "${expected}"`,
    );
    const environment = { PATH: `${join(folder, "bin")}:/usr/bin:/bin`, PULUMI_HOME: folder };
    assert.equal(await plugin(environment), expected);
    assert.deepEqual(told.splice(0), ["Fetching the vsphere provider 4.18.2..."]);
  });

  it("that cannot be fetched is said with the reason and the command", async () => {
    program("bin/pulumi", 'echo "error: no route to host" >&2; exit 1');
    const environment = { PATH: join(folder, "bin"), PULUMI_HOME: folder };
    const error = await thrownBy(plugin(environment));
    assert.match((error as Error).message, /error: no route to host/);
    assert.match((error as Error).message, /run `pulumi plugin install resource vsphere 4\.18\.2`/);
  });
});
