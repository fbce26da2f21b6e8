package io.pouchtwin.gateway.emulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * A request as the server side reads it, by a document tree; shares nothing with the driver.
 *
 * @param command the word in {@code <cmd>}
 * @param items the elements that name channels, in order
 */
record ClientRequest(String command, List<Item> items) {
    /**
     * One element that names a channel.
     *
     * @param channel as {@code devtype-devid-subdevid-chlid}
     * @param ip the address given, empty if none
     * @param testId 0 for the current test
     * @param startPosition first point wanted
     * @param count how many
     */
    record Item(String channel, String ip, long testId, long startPosition, long count) {}

    /** Reads the text of one request, up to and with {@code </bts>}. */
    static ClientRequest parse(byte[] bytes) throws IOException {
        try {
            Element root = builder().parse(new ByteArrayInputStream(bytes)).getDocumentElement();
            NodeList commands = root.getElementsByTagName("cmd");
            if (!root.getTagName().equals("bts") || commands.getLength() != 1) {
                throw new IOException("a request without <bts><cmd>");
            }
            List<Item> items = new ArrayList<>();
            NodeList all = root.getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                Element element = (Element) all.item(i);
                if (element.hasAttribute("chlid")) {
                    items.add(item(element));
                }
            }
            return new ClientRequest(commands.item(0).getTextContent(), items);
        } catch (SAXException | ParserConfigurationException | NumberFormatException e) {
            throw new IOException("a request that cannot be read: " + e.getMessage(), e);
        }
    }

    private static Item item(Element element) {
        String channel = element.getAttribute("devtype") + "-" + element.getAttribute("devid") + "-"
                + element.getAttribute("subdevid") + "-" + element.getAttribute("chlid");
        return new Item(
                channel,
                element.getAttribute("ip"),
                number(element, "testid"),
                number(element, "startpos"),
                number(element, "count"));
    }

    private static long number(Element element, String attribute) {
        return element.hasAttribute(attribute) ? Long.parseLong(element.getAttribute(attribute)) : 0;
    }

    private static DocumentBuilder builder() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new ErrorHandler() {
            @Override
            public void warning(SAXParseException e) {
                // of no consequence for a request
            }

            @Override
            public void error(SAXParseException e) throws SAXException {
                throw e;
            }

            @Override
            public void fatalError(SAXParseException e) throws SAXException {
                throw e;
            }
        });
        return builder;
    }
}
