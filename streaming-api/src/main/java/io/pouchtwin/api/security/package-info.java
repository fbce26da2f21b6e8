/**
 * Who calls and what they may do: API keys, tokens of an OpenID provider, sessions of the live page, limits. Knows nothing of requests and answers; see {@code
 * docs/security.md} for what it is a measure against.
 */
@NullMarked
package io.pouchtwin.api.security;

import org.jspecify.annotations.NullMarked;
