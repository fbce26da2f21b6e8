package io.pouchtwin.gateway.neware;

import io.pouchtwin.gateway.rejection.Rejection;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one frame, flat and in document order. Document types and external entities are refused: a tester never needs them.
 */
final class XmlElements {
    /** Deepest element that a reply may nest; real ones have 4 levels. */
    private static final int DEEPEST = 32;

    private static final XMLInputFactory FACTORY = factory();

    /** An element: its name, the name of the element around it (empty for the root), its attributes, its text without the ends' space. */
    record Element(String name, String parent, Map<String, String> attributes, String text) {
        /** The attribute's value, or null if it is absent. */
        @Nullable String attribute(String key) {
            return attributes.get(key);
        }

        /** The element as a person would write it. */
        String asText() {
            StringBuilder out = new StringBuilder("<").append(name);
            attributes.forEach(
                    (k, v) -> out.append(' ').append(k).append("=\"").append(v).append('"'));
            return (text.isEmpty()
                            ? out.append("/>")
                            : out.append('>')
                                    .append(text)
                                    .append("</")
                                    .append(name)
                                    .append('>'))
                    .toString();
        }
    }

    /** The frame is not a document that may be read. */
    static final class NotReadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Rejection rejection;

        NotReadable(Rejection rejection) {
            super(rejection.reason());
            this.rejection = rejection;
        }

        Rejection rejection() {
            return rejection;
        }
    }

    private XmlElements() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        return factory;
    }

    /**
     * Reads a frame.
     *
     * @throws NotReadable codes {@code not-utf8}, {@code not-xml}, {@code xml-with-doctype}
     */
    static List<Element> read(byte[] frame) throws NotReadable {
        List<Element> elements = new ArrayList<>();
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(decode(frame)));
            try {
                collect(reader, elements);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new NotReadable(notXml(e));
        }
        return elements;
    }

    private static String decode(byte[] frame) throws NotReadable {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(frame))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NotReadable(new Rejection(
                    "not-utf8",
                    "The reply has bytes that are not UTF-8. Look for barcodes or remarks typed in another encoding.",
                    "",
                    "",
                    "UTF-8 text"));
        }
    }

    private static void collect(XMLStreamReader reader, List<Element> elements) throws XMLStreamException, NotReadable {
        Deque<Integer> places = new ArrayDeque<>();
        Deque<StringBuilder> texts = new ArrayDeque<>();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (places.size() >= DEEPEST) {
                        throw new NotReadable(Rejection.of(
                                "not-xml",
                                "The reply nests more than " + DEEPEST + " elements; it is not a Neware reply."));
                    }
                    String parent =
                            places.isEmpty() ? "" : elements.get(places.peek()).name();
                    places.push(elements.size());
                    texts.push(new StringBuilder());
                    elements.add(new Element(reader.getLocalName(), parent, attributes(reader), ""));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!texts.isEmpty()) {
                        texts.peek().append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    int place = places.pop();
                    String text = texts.pop().toString().strip();
                    if (!text.isEmpty()) {
                        Element e = elements.get(place);
                        elements.set(place, new Element(e.name(), e.parent(), e.attributes(), text));
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new NotReadable(Rejection.of(
                            "xml-with-doctype",
                            "The reply declares a document type or entities, which testers never do and which is a known attack."
                                    + " Check what answers at this address."));
                default -> {}
            }
        }
    }

    private static Map<String, String> attributes(XMLStreamReader reader) {
        int count = reader.getAttributeCount();
        Map<String, String> attributes = new HashMap<>(2 * count);
        for (int i = 0; i < count; i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return attributes;
    }

    private static Rejection notXml(XMLStreamException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNumber() + ", column "
                        + e.getLocation().getColumnNumber();
        return new Rejection(
                "not-xml",
                "The reply is not well-formed XML" + where
                        + ". Check that the address is a Neware BTS server with its API switched"
                        + " on; if single replies fail, look for control characters in barcodes.",
                "",
                "",
                "an XML document <bts>...</bts>");
    }
}
