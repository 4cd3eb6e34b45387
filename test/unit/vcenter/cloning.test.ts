import assert from "node:assert/strict";
import type { CloneTarget, ManagedObjectReference, VCenterClient } from "../../../vcenter";
import {
  list,
  lookAtTask,
  lookForTasks,
  objectXml,
  properties,
  readMachine,
  reference,
  referenceValue,
  script,
  started,
  taskFault,
  taskInfo,
  text,
  type Answers,
} from "./support/answers";
import { soapFault, type FakeAnswer } from "./support/fakeVCenter";
import { done, failure, refused, times, until, withFake } from "./support/harness";

const source = { type: "VirtualMachine", id: "vm-7" };
const target: CloneTarget = {
  name: "node <1>",
  folder: { type: "Folder", id: "group-v9" },
  resourcePool: { type: "ResourcePool", id: "resgroup-8" },
  datastore: { type: "Datastore", id: "datastore-5" },
  network: { type: "Network", id: "network-3" },
};
const devicePath = "VirtualMachine: config.hardware.device";

const cdrom = `<VirtualDevice xsi:type="VirtualCdrom"><key>3000</key></VirtualDevice>`;
const adapter = `<VirtualDevice xsi:type="VirtualVmxnet3"><key>4000</key><deviceInfo><label>Network adapter 1</label></deviceInfo><backing xsi:type="VirtualEthernetCardNetworkBackingInfo"><deviceName>old</deviceName></backing><connectable><startConnected>true</startConnected><allowGuestControl>true</allowGuestControl><connected>false</connected><status>untried</status></connectable><controllerKey>100</controllerKey><unitNumber>7</unitNumber><addressType>assigned</addressType><macAddress>00:50:56:aa:bb:cc</macAddress></VirtualDevice>`;
const second = adapter.replace("4000", "4001");

function devices(...elements: readonly string[]): FakeAnswer {
  const value = list("VirtualDevice", ...elements);
  return properties(objectXml("VirtualMachine", "vm-7", { "config.hardware.device": value }));
}

/** Answers under which a clone succeeds. */
const good = {
  FindChild: reference("FindChild"),
  [devicePath]: devices(cdrom, adapter, second),
  "Network: name": properties(objectXml("Network", "network-3", { name: text("k8s &amp; nodes") })),
  CloneVM_Task: started("CloneVM_Task"),
  [lookAtTask]: taskInfo("success", { result: referenceValue("VirtualMachine", "vm-99") }),
};

function clone(changes: Partial<CloneTarget> = {}, signal?: AbortSignal) {
  return ({ virtualMachines }: VCenterClient): Promise<ManagedObjectReference> =>
    virtualMachines.clone(source, { ...target, ...changes }, signal ? { signal } : {});
}

/** The start of the clone from the name on, with the first adapter connected by a backing. */
function request(backing: string, host = ""): string {
  const change =
    backing &&
    `<deviceChange><operation>edit</operation><device xsi:type="VirtualVmxnet3"><key>4000</key>${backing}<connectable><startConnected>true</startConnected><allowGuestControl>true</allowGuestControl><connected>false</connected></connectable><controllerKey>100</controllerKey><unitNumber>7</unitNumber></device></deviceChange>`;
  return `<_this type="VirtualMachine">vm-7</_this><folder type="Folder">group-v9</folder><name>node &lt;1&gt;</name><spec><location><datastore type="Datastore">datastore-5</datastore><pool type="ResourcePool">resgroup-8</pool>${host}${change}</location><template>true</template><powerOn>false</powerOn></spec></CloneVM_Task>`;
}

const networkBacking = `<backing xsi:type="VirtualEthernetCardNetworkBackingInfo"><deviceName>k8s &amp; nodes</deviceName><network type="Network">network-3</network></backing>`;

describe("cloning a template", () => {
  const requests: readonly (readonly [
    what: string,
    changes: Partial<CloneTarget>,
    answers: Answers,
    expected: string,
  ])[] = [
    ["connects the first adapter to a standard network", {}, {}, request(networkBacking)],
    [
      "names the host if one is given",
      { host: { type: "HostSystem", id: "host-2", ...{ path: "/X1/host/a" } } },
      {},
      request(networkBacking, `<host type="HostSystem">host-2</host>`),
    ],
    [
      "connects the first adapter to an NSX network",
      { network: { type: "OpaqueNetwork", id: "network-o6" } },
      {
        "OpaqueNetwork: summary": properties(
          objectXml("OpaqueNetwork", "network-o6", {
            summary: `<val xsi:type="OpaqueNetworkSummary"><name>segment</name><opaqueNetworkId>id-1</opaqueNetworkId><opaqueNetworkType>nsx.LogicalSwitch</opaqueNetworkType></val>`,
          }),
        ),
      },
      request(
        `<backing xsi:type="VirtualEthernetCardOpaqueNetworkBackingInfo"><opaqueNetworkId>id-1</opaqueNetworkId><opaqueNetworkType>nsx.LogicalSwitch</opaqueNetworkType></backing>`,
      ),
    ],
    ["changes no hardware without an adapter", {}, { [devicePath]: devices(cdrom) }, request("")],
  ];
  for (const [what, changes, answers, expected] of requests) {
    it(`${what}, in the order of the WSDL`, async () => {
      const { body } = await done({ ...good, ...answers }, clone(changes));
      assert.ok(body("CloneVM_Task").includes(expected), body("CloneVM_Task"));
    });
  }

  it("starts nothing when the name is taken", async () => {
    const taken = { ...good, FindChild: reference("FindChild", "VirtualMachine", "vm-3") };
    const { error, names } = await refused(taken, clone());
    assert.equal(error.kind, "alreadyExists");
    assert.equal(
      error.message,
      "clone a template (VirtualMachine:vm-7 to node <1> in Folder:group-v9): VirtualMachine:vm-3 already has this name: choose another name, or use the existing one; it may be in use",
    );
    assert.deepEqual(names, ["FindChild"]);
  });

  it("starts nothing when the network may not be read", async () => {
    const hidden = { "Network: name": properties(objectXml("Network", "network-3", {})) };
    const { error, names } = await refused({ ...good, ...hidden }, clone());
    assert.equal(error.kind, "noPermission");
    assert.match(
      error.message,
      /^read a network \(Network:network-3\): .* property name .*ReadOnly/,
    );
    assert.ok(!names.includes("CloneVM_Task"));
  });

  for (const [fault, kind, remedy] of [
    [
      "NoPermission",
      "noPermission",
      /VirtualMachine\.Provisioning\.CloneTemplate.*VirtualMachine\.Inventory\.CreateFromExisting.*Datastore\.AllocateSpace.*Network\.Assign.*Resource\.AssignVMToPool/,
    ],
    ["ManagedObjectNotFound", "notFound", /every object that the clone uses still exist/],
    ["DuplicateName", "alreadyExists", /use the existing one/],
    ["TaskInProgress", "resourceInUse", /the other task on the machine has ended/],
    ["NoDiskSpace", "unexpectedAnswer", /correct what vCenter names/],
  ] as const) {
    it(`explains ${fault}, from the start and from the task`, async () => {
      const details = "<datastore>x2_lun_1</datastore><privilegeId>A.b</privilegeId>";
      for (const answers of [
        { CloneVM_Task: soapFault(fault, "", details) },
        { [lookAtTask]: taskInfo("error", { error: taskFault(fault, "", details) }) },
      ]) {
        const { error } = await refused({ ...good, ...answers }, clone());
        assert.equal(error.kind, kind);
        assert.equal(error.answer, `${fault}, missing privilege A.b, datastore x2_lun_1`);
        assert.match(error.remedy, remedy);
      }
    });
  }
});

describe("cloning a template without an answer", () => {
  const idle = properties(objectXml("Task", "task-5", { "info.state": text("success") }));
  const busy = properties(objectXml("Task", "task-6", { "info.state": text("running") }));

  function lost(
    found: string,
    isTemplate: boolean,
    tasks: readonly FakeAnswer[] = [idle],
  ): Answers {
    return {
      ...good,
      FindChild: [reference("FindChild"), reference("FindChild", "VirtualMachine", found)],
      CloneVM_Task: { drop: true },
      [lookForTasks]: tasks,
      [readMachine]: properties(
        objectXml("VirtualMachine", found, { "config.template": text(`${isTemplate}`) }),
      ),
    };
  }

  it("gives the template that came to be", async () => {
    const { value, names } = await done(lost("vm-99", true, [busy, idle]), clone());
    assert.deepEqual(value, { type: "VirtualMachine", id: "vm-99" });
    assert.equal(times(names, "CloneVM_Task"), 1);
  });

  for (const [what, found] of [
    ["nothing came to be", ""],
    ["what came to be is no template", "vm-99"],
  ] as const) {
    it(`is an error when ${what}`, async () => {
      const { error, names } = await refused(lost(found, false), clone());
      assert.equal(error.kind, "unreachable");
      assert.equal(times(names, "CloneVM_Task"), 1);
    });
  }

  it("does not wait for what it cannot cancel", async () => {
    const { responder, names } = script(lost("vm-99", true, [busy]));
    const controller = new AbortController();
    await withFake(responder, async (client) => {
      const ending = failure(clone({}, controller.signal)(client));
      await until(() => times(names, lookForTasks) === 2);
      controller.abort();
      assert.equal((await ending).kind, "unreachable");
      assert.ok(!names.includes("CancelTask"));
    });
  });
});
