package io.pouchtwin.gateway;

/** Name and password that a tester is logged in to with. */
public record Login(String user, String password) {
    /** What the vendor ships. */
    public static final Login FACTORY = new Login("admin", "neware");

    /** Without the password, since configurations end up in logs. */
    @Override
    public String toString() {
        return user;
    }
}
