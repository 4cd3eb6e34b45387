package traffic

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"reflect"
	"strconv"

	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/rest"
	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// spoil answers a call as a fault demands.
func (front *Front) spoil(fault *Fault, call Call, writer http.ResponseWriter, request *http.Request) {
	switch fault.Kind {
	case KindReset:
		// The documented way to drop the connection from within a handler.
		panic(http.ErrAbortHandler)
	case KindHang:
		select {
		case <-request.Context().Done():
		case <-front.stopped:
		}
		panic(http.ErrAbortHandler)
	case KindUnauthenticated:
		if call.Kind == SOAP {
			writeSOAPFault(writer, &types.NotAuthenticated{})
			return
		}
		rest.WriteError(writer, http.StatusUnauthorized, "unauthenticated")
	case KindSOAPFault:
		if call.Kind == SOAP {
			writeSOAPFault(writer, newFault(fault.Fault))
			return
		}
		rest.WriteError(writer, http.StatusInternalServerError, "internal_server_error")
	default:
		writeStatus(writer, fault, call)
	}
}

func writeStatus(writer http.ResponseWriter, fault *Fault, call Call) {
	if fault.RetryAfterSeconds > 0 {
		writer.Header().Set("Retry-After", strconv.Itoa(fault.RetryAfterSeconds))
	}
	if call.Kind == REST {
		rest.WriteError(writer, fault.Status, rest.KindOf(fault.Status))
		return
	}
	http.Error(writer, http.StatusText(fault.Status), fault.Status)
}

// writeSOAPFault writes a fault in the form in which the simulator, and vCenter, send theirs.
func writeSOAPFault(writer http.ResponseWriter, fault types.BaseMethodFault) {
	kind := reflect.TypeOf(fault).Elem().Name()
	writer.Header().Set("Content-Type", "text/xml; charset=utf-8")
	writer.WriteHeader(http.StatusInternalServerError)
	_, _ = fmt.Fprintf(writer, xml.Header+`<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"`+
		` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><soapenv:Fault>`+
		`<faultcode>ServerFaultCode</faultcode><faultstring>%s</faultstring>`+
		`<detail><%[2]sFault xmlns="urn:vim25" xsi:type="%[2]s"></%[2]sFault></detail>`+
		`</soapenv:Fault></soapenv:Body></soapenv:Envelope>`, vim.Text(kind), kind)
}
