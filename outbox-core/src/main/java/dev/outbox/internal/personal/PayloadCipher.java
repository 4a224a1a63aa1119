package dev.outbox.internal.personal;

import dev.outbox.personal.SubjectKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM of the JDK, with a random nonce each time. What is sealed begins with a number of this layout, the id of the key and
 * the nonce. All of that, and the {@link SealedPlace} that it belongs to, is authenticated: a text that was changed, or moved to
 * another event, member or subject, is not opened. Thread-safe.
 */
public final class PayloadCipher {

    private static final int LAYOUT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();

    /** {@return the bytes, encrypted} */
    public byte[] seal(SubjectKey key, SealedPlace place, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream sealed = new DataOutputStream(bytes);
            sealed.writeByte(LAYOUT);
            sealed.writeUTF(key.id());
            sealed.write(nonce);
            sealed.write(cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(plain));
            return bytes.toByteArray();
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("%s cannot be encrypted".formatted(place), failed);
        }
    }

    /** {@return the id of the key that has encrypted the bytes} */
    public String keyOf(byte[] sealed, SealedPlace place) {
        try {
            return header(new DataInputStream(new ByteArrayInputStream(sealed)), place);
        } catch (IOException truncated) {
            throw new IllegalArgumentException("%s is not as it was encrypted".formatted(place), truncated);
        }
    }

    /**
     * {@return what was sealed}
     *
     * @throws IllegalArgumentException if it is not what was sealed under this key at this place
     */
    public byte[] open(SubjectKey key, SealedPlace place, byte[] sealed) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(sealed));
            header(in, place);
            byte[] nonce = in.readNBytes(NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, key, nonce, place).doFinal(in.readAllBytes());
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalArgumentException("%s is not as it was encrypted".formatted(place), failed);
        }
    }

    private static String header(DataInputStream in, SealedPlace place) throws IOException {
        int layout = in.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IllegalArgumentException("%s was encrypted by a later version of the outbox".formatted(place));
        }
        return in.readUTF();
    }

    private static Cipher cipher(int mode, SubjectKey key, byte[] nonce, SealedPlace place)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.bytes(LAYOUT, key.id()));
        return cipher;
    }
}
