package server_test

import (
	"context"
	"errors"
	"net/http"
	"path"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// press types the key a.
func press(ctx context.Context, machine *object.VirtualMachine) error {
	_, err := methods.PutUsbScanCodes(ctx, machine.Client(), &types.PutUsbScanCodes{
		This: machine.Reference(),
		Spec: types.UsbScanCodeSpec{KeyEvents: []types.UsbScanCodeSpecKeyEvent{{UsbHidCode: 4<<16 | 7}}},
	})
	return err
}

func TestRow29KeysAreTypedOnAMachineThatIsOn(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		machine, err := on.create(ctx, "typed")
		if err != nil {
			return err
		}
		return all(
			func() error { return wantFault(press(ctx, machine), &types.InvalidPowerState{}) },
			func() error { return finished(ctx)(machine.PowerOn(ctx)) },
			func() error { return press(ctx, machine) },
		)
	})
}

func TestRow30OnlyRunningToolsShutAGuestDown(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		machine, err := on.create(ctx, "silent")
		if err != nil {
			return err
		}
		return all(
			func() error { return wantFault(machine.ShutdownGuest(ctx), &types.InvalidPowerState{}) },
			func() error { return finished(ctx)(machine.PowerOn(ctx)) },
			func() error { return wantFault(machine.ShutdownGuest(ctx), &types.ToolsUnavailable{}) },
		)
	})
}

func TestRow31AFolderHasEachNameOnce(t *testing.T) {
	t.Run("when a machine is created", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			if _, err := on.create(ctx, "twin"); err != nil {
				return err
			}
			_, err := on.create(ctx, "twin")
			return wantFault(err, &types.DuplicateName{})
		})
	})
	t.Run("when a machine is renamed", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			_, err := on.create(ctx, "first")
			second, secondErr := on.create(ctx, "second")
			if err = errors.Join(err, secondErr); err != nil {
				return err
			}
			return wantFault(finished(ctx)(second.Rename(ctx, "first")), &types.DuplicateName{})
		})
	})
	t.Run("and the configuration has it too", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			machine, err := on.create(ctx, "old")
			if err != nil {
				return err
			}
			for _, name := range []string{"new", "new"} { // its own name is free
				if err := finished(ctx)(machine.Rename(ctx, name)); err != nil {
					return err
				}
			}
			properties, err := on.properties(ctx, machine)
			return errors.Join(err,
				equal("name", properties.Name, "new"),
				equal("config.name", properties.Config.Name, "new"),
				equal("summary.config.name", properties.Summary.Config.Name, "new"),
			)
		})
	})
}

func TestRow33FilesNeedASession(t *testing.T) {
	t.Run("which has ended here", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			if err := on.Logout(ctx); err != nil {
				return err
			}
			got, err := on.file(ctx, http.MethodPut, "file", "content")
			return errors.Join(err, equal("status", got.status, http.StatusUnauthorized))
		})
	})
	t.Run("and can be removed", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			for _, step := range []struct {
				method, name, body string
				status             int
				answer             string
			}{
				{http.MethodPut, "file", "content", http.StatusCreated, ""},
				{http.MethodPut, "file", "changed", http.StatusOK, ""},
				{http.MethodGet, "file", "", http.StatusOK, "changed"},
				{http.MethodHead, "file", "", http.StatusOK, ""},
				{http.MethodDelete, "file", "", http.StatusNoContent, ""},
				{http.MethodGet, "file", "", http.StatusNotFound, "Not Found\n"},
				{http.MethodDelete, "file", "", http.StatusNotFound, "Not Found\n"},
				{http.MethodPut, "no/such/directory", "content", http.StatusNotFound, "Not Found\n"},
				{http.MethodPost, "file", "content", http.StatusMethodNotAllowed, "Method Not Allowed\n"},
			} {
				got, err := on.file(ctx, step.method, step.name, step.body)
				if err := errors.Join(err,
					equal(step.method+" "+step.name, got.status, step.status), equal("the answer", got.body, step.answer)); err != nil {
					return err
				}
			}
			return nil
		})
	})
	t.Run("and the right to change files", func(t *testing.T) {
		refuses(t, func(err error) error { return err }, func(ctx context.Context, on *target) error {
			got, err := on.file(ctx, http.MethodPut, "file", "content")
			return errors.Join(err, equal("status", got.status, http.StatusForbidden))
		})
	})
}

// file makes a request for a file of the target's datastore, with the cookies of its SOAP session.
func (on *target) file(ctx context.Context, method, name, body string) (answer, error) {
	address := object.NewDatastoreURL(*on.Client.Client.URL(), on.Datacenter, path.Base(on.Datastore), name)
	cookies := ""
	for _, cookie := range on.Client.Client.Client.Jar.Cookies(address) {
		if cookie.Name == soap.SessionCookieName {
			cookies = cookie.String()
		}
	}
	return on.request(ctx, method, address.RequestURI(), body, map[string]string{"Cookie": cookies})
}
