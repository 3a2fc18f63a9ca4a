import CXML

/// Walks an XML document from front to back, without loading anything it refers to and without expanding its entities.
final class XMLWalk {
    enum Event {
        case begin(name: String, isEmpty: Bool)
        case end(name: String)
        case text(String)
    }

    /// Elements nested deeper are an error.
    static let depthLimit = 64

    private let reader: xmlTextReaderPtr
    private let content: [CChar]

    init(_ content: [UInt8]) throws {
        self.content = content.map(CChar.init(bitPattern:))
        let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue)
        let opened = self.content.withUnsafeBufferPointer {
            // The reader copies nothing: the array lives as long as this object and is never changed.
            xmlReaderForMemory($0.baseAddress, Int32(clamping: $0.count), nil, nil, options)
        }
        guard let opened else { throw ReadError("no XML") }
        reader = opened
    }

    deinit {
        xmlFreeTextReader(reader)
    }

    func next() throws -> Event? {
        while true {
            switch xmlTextReaderRead(reader) {
            case 0: return nil
            case 1: break
            default: throw ReadError("damaged XML")
            }
            guard xmlTextReaderDepth(reader) <= Self.depthLimit else { throw ReadError("XML nested too deep") }
            switch xmlReaderTypes(UInt32(xmlTextReaderNodeType(reader))) {
            case XML_READER_TYPE_ELEMENT: return .begin(name: name, isEmpty: xmlTextReaderIsEmptyElement(reader) == 1)
            case XML_READER_TYPE_END_ELEMENT: return .end(name: name)
            case XML_READER_TYPE_TEXT, XML_READER_TYPE_CDATA, XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
                return .text(xmlTextReaderConstValue(reader).map { String(cString: $0) } ?? "")
            case XML_READER_TYPE_DOCUMENT_TYPE: throw ReadError("XML with a document type")
            default: continue
            }
        }
    }

    /// An attribute of the element last begun.
    func attribute(_ name: String) -> String? {
        guard let value = xmlTextReaderGetAttribute(reader, name) else { return nil }
        defer { ajar_xml_free(value) }
        return String(cString: value)
    }

    private var name: String {
        xmlTextReaderConstLocalName(reader).map { String(cString: $0) } ?? ""
    }
}
