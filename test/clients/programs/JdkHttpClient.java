import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** One request by the JDK's own HttpClient, which follows redirects when asked to. See contract.md. */
public class JdkHttpClient {
	public static void main(String[] arguments) throws Exception {
		var env = System.getenv();
		var client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL);
		client.version(
			"1".equals(env.get("HTTP2")) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1
		);
		if (env.containsKey("SSL_CERT_FILE")) client.sslContext(trusting(env.get("SSL_CERT_FILE")));
		if (env.containsKey("HTTPS_PROXY")) client.proxy(proxy(URI.create(env.get("HTTPS_PROXY"))));
		try {
			var response = client.build().send(request(env), BodyHandlers.discarding());
			System.out.println(response.statusCode());
		} catch (IOException | IllegalArgumentException failure) {
			System.err.println(failure);
			System.exit(1);
		}
	}

	private static HttpRequest request(Map<String, String> env) throws Exception {
		var body = env.containsKey("BODY_FILE")
			? content(Path.of(env.get("BODY_FILE")), "1".equals(env.get("STREAM")))
			: BodyPublishers.noBody();
		var request = HttpRequest.newBuilder(URI.create(env.get("URL")))
			.timeout(Duration.ofSeconds(50))
			.method(env.get("METHOD"), body);
		for (var line : Files.readAllLines(Path.of(env.get("HEADERS_FILE")))) {
			var colon = line.indexOf(": ");
			var name = line.substring(0, colon);
			// Expect is no field of the caller's: it has a method of its own.
			if (name.equalsIgnoreCase("Expect")) request.expectContinue(true);
			else request.header(name, line.substring(colon + 2));
		}
		return request.build();
	}

	private static BodyPublisher content(Path file, boolean stream) throws Exception {
		if (!stream) return BodyPublishers.ofFile(file);
		var once = Files.newInputStream(file);
		return BodyPublishers.ofInputStream(() -> once);
	}

	/** The JVM reads no variable for a proxy, and no PEM file for trust: both are set in code. */
	private static ProxySelector proxy(URI address) {
		return ProxySelector.of(new InetSocketAddress(address.getHost(), address.getPort()));
	}

	private static SSLContext trusting(String file) throws Exception {
		var store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		try (var pem = new FileInputStream(file)) {
			var authority = CertificateFactory.getInstance("X.509").generateCertificate(pem);
			store.setCertificateEntry("followthrough", authority);
		}
		var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		var context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}
}
