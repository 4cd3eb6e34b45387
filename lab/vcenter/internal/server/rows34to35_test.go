package server_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

func TestRow34TheBootOrderOfATemplateStaysAsItIs(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		template, err := on.template(ctx, "template")
		if err != nil {
			return err
		}
		order := &types.VirtualMachineBootOptions{BootOrder: []types.BaseVirtualMachineBootOptionsBootableDevice{
			&types.VirtualMachineBootOptionsBootableCdromDevice{},
		}}
		if err := template.SetBootOptions(ctx, order); err != nil {
			return err
		}
		properties, err := on.properties(ctx, template)
		return errors.Join(err,
			equal("boot order", len(properties.Config.BootOptions.BootOrder), 0),
			wantFault(finished(ctx)(template.Reconfigure(ctx, types.VirtualMachineConfigSpec{MemoryMB: 64})), &types.NotSupported{}),
		)
	})
}

func TestRow35ATemplate(t *testing.T) {
	t.Run("cannot be turned on", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			template, err := on.template(ctx, "template")
			if err != nil {
				return err
			}
			return wantFault(finished(ctx)(template.PowerOn(ctx)), &types.NotSupported{})
		})
	})
	t.Run("is in no pool until it is a machine again", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			template, err := on.template(ctx, "template")
			if err != nil {
				return err
			}
			pool, err := on.pool(ctx, on.Cluster)
			if err != nil {
				return err
			}
			inPool := func() (bool, error) {
				var properties mo.ResourcePool
				err := on.read(ctx, pool.Reference(), &properties, "vm")
				return slices.Contains(properties.Vm, template.Reference()), err
			}
			before, err := inPool()
			if err := errors.Join(err, template.MarkAsVirtualMachine(ctx, *pool, nil)); err != nil {
				return err
			}
			after, err := inPool()
			return errors.Join(err, equal("in the pool as a template", before, false), equal("in the pool as a machine", after, true))
		})
	})
}

// What the plain simulator does rightly, and the product relies on.
func TestAMachineThatIsOnCannotBeDestroyedNorBecomeATemplate(t *testing.T) {
	t.Parallel()
	for _, on := range []*target{faithful(t), plain(t)} {
		ctx := context.Background()
		machine, err := on.create(ctx, "running")
		must(t, err)
		properties, err := on.properties(ctx, machine)
		must(t, err)
		if properties.Config.CreateDate == nil {
			t.Error("config.createDate is unset")
		}
		must(t, finished(ctx)(machine.PowerOn(ctx)))
		must(t, wantFault(machine.MarkAsTemplate(ctx), &types.InvalidPowerState{}))
		must(t, wantFault(finished(ctx)(machine.Destroy(ctx)), &types.InvalidPowerState{}))
		must(t, finished(ctx)(machine.PowerOff(ctx)))
		must(t, machine.MarkAsTemplate(ctx))
		must(t, finished(ctx)(machine.Destroy(ctx)))
	}
}
