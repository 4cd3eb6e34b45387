package traffic

import (
	"bytes"
	"encoding/xml"
	"io"
	"net/http"
	"strings"

	"deckhouse-vsphere/lab/vcenter/internal/files"
	"deckhouse-vsphere/lab/vcenter/internal/rest"
)

// identify names a request. It reads the body of a SOAP call and puts it back. Transfers of files are named without
// the file: "PUT /folder".
func identify(request *http.Request) (Call, error) {
	if isFile(request) {
		return Call{Kind: REST, Name: request.Method + " " + strings.TrimSuffix(files.Prefix, "/")}, nil
	}
	if !isSOAP(request) {
		return Call{Kind: REST, Name: rest.Name(request)}, nil
	}
	if request.Method != http.MethodPost {
		return Call{Kind: SOAP, Name: request.Method + " " + request.URL.Path}, nil
	}
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return Call{}, err
	}
	request.Body = io.NopCloser(bytes.NewReader(body))
	return Call{Kind: SOAP, Name: soapMethod(body)}, nil
}

func isFile(request *http.Request) bool {
	return strings.HasPrefix(request.URL.Path, files.Prefix)
}

func isSOAP(request *http.Request) bool {
	return !strings.HasPrefix(request.URL.Path, rest.Prefix) && !strings.HasPrefix(request.URL.Path, "/api/")
}

// soapMethod finds the first element inside the Body of an envelope.
func soapMethod(envelope []byte) string {
	decoder := xml.NewDecoder(bytes.NewReader(envelope))
	inBody := false
	for {
		token, err := decoder.Token()
		if err != nil {
			return "(not SOAP)"
		}
		if start, isStart := token.(xml.StartElement); isStart {
			if inBody {
				return start.Name.Local
			}
			inBody = start.Name.Local == "Body"
		}
	}
}
